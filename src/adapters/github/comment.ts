import { accountAt } from './account.ts'
import type { GitHub } from './connection.ts'
import { bears, marked, sameBody } from './marker.ts'
import { isOurs } from './own-account.ts'
import { told } from './told.ts'
import { GitHubUnavailable, refusals } from './unavailable.ts'
import { postOnce, refusal, type Written } from './written.ts'

/** A comment on an issue or a pull request. */
export interface Comment {
  readonly id: number
  readonly body: string
  readonly url: string
}

const listing = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
const posting = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const deleting = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}'
const editing = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'

/** Lets exactly one comment with that key stand on an issue or a pull request, saying this. */
export async function putComment(github: GitHub, issue: number, key: string, text: string): Promise<Written<Comment>> {
  try {
    return await put(github, issue, key, text)
  } catch (fault) {
    // Who may not read the comments may not write any either.
    if (fault instanceof GitHubUnavailable && fault.refused) {
      return { outcome: 'refused', because: fault.message }
    }
    throw fault
  }
}

async function put(github: GitHub, issue: number, key: string, text: string): Promise<Written<Comment>> {
  const body = marked(key, text)
  const written = await postOnce(
    async () => (await onlyOne(github, await ownComments(github, issue, key)))[0],
    async () => {
      const answer = await github.request(posting, { issue_number: issue, body }, refusals)
      return refusal(answer) ?? { outcome: 'made', is: commentOf(posting, answer.data) }
    },
  )
  if (written.outcome === 'refused' || sameBody(written.is.body, body)) return written
  const answer = await github.request(editing, { comment_id: written.is.id, body }, refusals)
  return refusal(answer) ?? { outcome: 'changed', is: commentOf(editing, answer.data) }
}

/** Our comment with that key; `undefined` where there is none, or where the token may not read it. */
export async function findComment(github: GitHub, issue: number, key: string): Promise<Comment | undefined> {
  try {
    return (await ownComments(github, issue, key))[0]
  } catch (fault) {
    if (fault instanceof GitHubUnavailable && fault.refused) return undefined
    throw fault
  }
}

/** Our comments with that key, the oldest first. */
async function ownComments(github: GitHub, issue: number, key: string): Promise<readonly Comment[]> {
  const ours: Comment[] = []
  for (const item of await github.pages(listing, { issue_number: issue })) {
    const from = told(listing, item)
    const bearing = bears(key, from.textOrNull('body'))
    if (bearing && (await isOurs(github, accountAt(from, 'user')))) ours.push(commentOf(listing, item))
  }
  return ours
}

/** Takes away all but the first: two runs at once, or a list that lagged behind, may have left several. */
async function onlyOne(github: GitHub, comments: readonly Comment[]): Promise<readonly Comment[]> {
  for (const { id } of comments.slice(1)) await github.request(deleting, { comment_id: id }, refusals)
  return comments.slice(0, 1)
}

function commentOf(route: string, data: unknown): Comment {
  const from = told(route, data)
  return { id: from.count('id'), body: from.textOrNull('body') ?? '', url: from.text('html_url') }
}
