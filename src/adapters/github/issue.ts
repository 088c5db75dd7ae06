import { type Account, accountAt } from './account.ts'
import type { GitHub } from './connection.ts'
import { bears, marked, sameBody } from './marker.ts'
import { isOurs } from './own-account.ts'
import { told } from './told.ts'
import { refusals } from './unavailable.ts'
import { postOnce, refusal, type Written } from './written.ts'

/** An issue as it stands. */
export interface Issue {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly open: boolean
  readonly labels: readonly string[]
  readonly url: string
  readonly author: Account | null
}

/** What an issue should say. */
export interface IssueText {
  readonly title: string
  readonly body: string
  /** The first one finds the issue again. */
  readonly labels: readonly [string, ...string[]]
  /** Open unless said otherwise. */
  readonly state?: 'open' | 'closed'
}

/** What can be changed about an issue. */
export type IssueFields = Partial<Pick<IssueText, 'title' | 'body' | 'state'>>

/** The route that lists issues. */
export const listing = 'GET /repos/{owner}/{repo}/issues'
const posting = 'POST /repos/{owner}/{repo}/issues'
const editing = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}'

/**
 * Lets exactly one issue with that key stand, saying this. A closed one is never made only to be closed: then the
 * answer is `undefined`. Issues of the first label that were read before are not read again.
 */
export async function putIssue(
  github: GitHub,
  key: string,
  wanted: IssueText,
  known?: readonly Issue[],
): Promise<Written<Issue> | undefined> {
  const { title, labels, state = 'open' } = wanted
  const body = marked(key, wanted.body)
  const among = (issues: readonly Issue[]): Issue | undefined => issues.find((issue) => bears(key, issue.body))
  const find = async (): Promise<Issue | undefined> => among(await issuesLabelled(github, labels[0]))
  const standing = known || state === 'closed' ? among(known ?? (await issuesLabelled(github, labels[0]))) : undefined
  if (!standing && state === 'closed') return undefined
  const written: Written<Issue> = standing
    ? { outcome: 'kept', is: standing }
    : await postOnce(find, () => openIssue(github, { title, body, labels }))
  if (written.outcome === 'refused') return written
  const { number, open } = written.is
  if (sameBody(written.is.body, body) && written.is.title === title && open === (state === 'open')) return written
  return await changeIssue(github, number, { title, body, state })
}

/** Opens an issue that says this, to the letter. */
export async function openIssue(
  github: GitHub,
  content: Pick<IssueText, 'title' | 'body'> & { readonly labels: readonly string[] },
): Promise<Written<Issue>> {
  const answer = await github.request(posting, content, refusals)
  return refusal(answer) ?? { outcome: 'made', is: issueOf(posting, answer.data) }
}

/** Changes those fields of an issue. */
export async function changeIssue(github: GitHub, number: number, fields: IssueFields): Promise<Written<Issue>> {
  const answer = await github.request(editing, { issue_number: number, ...fields }, refusals)
  return refusal(answer) ?? { outcome: 'changed', is: issueOf(editing, answer.data) }
}

/** All issues of ours that bear a label, oldest first. */
export async function issuesLabelled(github: GitHub, label: string): Promise<readonly Issue[]> {
  const asked = { state: 'all', labels: label, sort: 'created', direction: 'asc' }
  const ours: Issue[] = []
  for (const item of await github.pages(listing, asked)) {
    const issue = issueOf(listing, item)
    if (told(listing, item).part('pull_request') === null && (await isOurs(github, issue.author))) ours.push(issue)
  }
  return ours
}

/** An issue as a route told it. */
export function issueOf(route: string, data: unknown): Issue {
  const from = told(route, data)
  return {
    number: from.count('number'),
    title: from.text('title'),
    body: from.textOrNull('body') ?? '',
    open: from.text('state') === 'open',
    labels: from.list('labels').map((label) => label.textOrNull('name') ?? ''),
    url: from.text('html_url'),
    author: accountAt(from, 'user'),
  }
}
