import type { Instant } from '../../core/instant.ts'
import { formatInstant } from '../../core/instant.ts'
import type { GitHub } from './connection.ts'
import { changeIssue, type Issue, type IssueFields, issueOf, listing, openIssue } from './issue.ts'
import { keyOf, marked, sameBody } from './marker.ts'
import { isOurs } from './own-account.ts'
import { told } from './told.ts'
import { postOnce, type Written } from './written.ts'

/** An issue of ours that is known by its key. */
export interface KeyedIssue extends Issue {
  /** Whether its body says this already, under its key. */
  readonly says: (key: string, body: string) => boolean
}

/**
 * Our issues that bear a label, by their keys: all that are open, and those closed ones that something happened to
 * since an instant, if one is given, so that old ones cost nothing. Of several with one key the oldest counts.
 */
export async function issuesSince(
  github: GitHub,
  label: string,
  since: Instant | null,
): Promise<ReadonlyMap<string, KeyedIssue>> {
  const common = { labels: label, sort: 'created', direction: 'asc' }
  const open = await github.pages(listing, { ...common, state: 'open' })
  const closed =
    since === null ? [] : await github.pages(listing, { ...common, state: 'closed', since: formatInstant(since) })
  const found = new Map<string, KeyedIssue>()
  for (const item of [...open, ...closed]) {
    const issue = issueOf(listing, item)
    const key = keyOf(issue.body)
    if (key === undefined || told(listing, item).part('pull_request') !== null) continue
    const before = found.get(key)
    if ((before && before.number < issue.number) || !(await isOurs(github, issue.author))) continue
    found.set(key, { ...issue, says: (own, body) => sameBody(issue.body, marked(own, body)) })
  }
  return found
}

/** What an issue should say. */
export interface NewIssue {
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
}

/**
 * Opens an issue under a key of which none stands. Where the answer is lost it is looked for before it is opened again.
 */
export function postIssue(github: GitHub, key: string, { title, body, labels }: NewIssue): Promise<Written<Issue>> {
  const find = async (): Promise<Issue | undefined> => {
    const [label = ''] = labels
    return (await issuesSince(github, label, null)).get(key)
  }
  return postOnce(find, () => openIssue(github, { title, body: marked(key, body), labels }), true)
}

/** What is to be different about an issue. */
export interface IssueEdit extends IssueFields {
  /** The key that the new body stands under. */
  readonly key?: string
}

/** Changes an issue. */
export function editIssue(github: GitHub, number: number, { key, ...edit }: IssueEdit): Promise<Written<Issue>> {
  const body = edit.body === undefined || key === undefined ? edit.body : marked(key, edit.body)
  return changeIssue(github, number, { ...edit, ...(body !== undefined && { body }) })
}
