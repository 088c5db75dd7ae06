import { accountAt } from './account.ts'
import type { GitHub } from './connection.ts'
import { bears, marked, sameBody } from './marker.ts'
import { isOurs } from './own-account.ts'
import { told } from './told.ts'
import { postOnce, refusal, refusals, type Written } from './written.ts'

/** A comment on an issue or a pull request. */
export interface Comment {
  readonly id: number
  readonly body: string
  readonly url: string
}

const listing = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments'
const posting = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments'
const editing = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'

/** Lets exactly one comment with that key stand on an issue or a pull request, saying this. */
export async function putComment(github: GitHub, issue: number, key: string, text: string): Promise<Written<Comment>> {
  const body = marked(key, text)
  const written = await postOnce(
    () => findComment(github, issue, key),
    async () => {
      const answer = await github.request(posting, { issue_number: issue, body }, refusals)
      return refusal(answer) ?? { outcome: 'made', is: commentOf(posting, answer.data) }
    },
  )
  if (written.outcome === 'refused' || sameBody(written.is.body, body)) return written
  const answer = await github.request(editing, { comment_id: written.is.id, body }, refusals)
  return refusal(answer) ?? { outcome: 'changed', is: commentOf(editing, answer.data) }
}

/** Our comment with that key; the first, should there be several. */
export async function findComment(github: GitHub, issue: number, key: string): Promise<Comment | undefined> {
  for (const item of await github.pages(listing, { issue_number: issue }, { answers: [403, 404] })) {
    const from = told(listing, item)
    if (bears(key, from.textOrNull('body')) && (await isOurs(github, accountAt(from, 'user')))) {
      return commentOf(listing, item)
    }
  }
  return undefined
}

function commentOf(route: string, data: unknown): Comment {
  const from = told(route, data)
  return { id: from.count('id'), body: from.textOrNull('body') ?? '', url: from.text('html_url') }
}
