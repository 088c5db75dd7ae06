import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import type { Instant } from '../../core/instant.ts'
import { type Account, accountAt } from './account.ts'
import type { GitHub } from './connection.ts'
import { told } from './told.ts'

/** An issue of which a record is to be made, as GitHub knows it. */
export interface SubmittedIssue {
  readonly number: number
  readonly title: string
  readonly open: boolean
  readonly labels: readonly string[]
  readonly createdAt: Instant
  readonly author: Account
  /** What the author is to the repository, in GitHub's words: `MEMBER`, `NONE`. */
  readonly association: string
}

/** An issue and who wrote it; a `Fault` where that is nobody any more, or where it is a pull request. */
export async function readSubmittedIssue(github: GitHub, number: number): Promise<SubmittedIssue> {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}'
  const issue = told(route, (await github.request(route, { issue_number: number })).data)
  const author = accountAt(issue, 'user')
  if (issue.part('pull_request') !== null || author === null) {
    throw new Fault(`#${number} is ${author === null ? 'written by nobody who is known' : 'a pull request'}`, {
      cure: 'Open a new issue with one of the forms',
      code: exit.findings,
    })
  }
  return {
    number: issue.count('number'),
    title: issue.text('title'),
    open: issue.text('state') === 'open',
    labels: issue.list('labels').map((label) => label.textOrNull('name') ?? ''),
    createdAt: issue.instant('created_at'),
    author,
    association: issue.textOrNull('author_association') ?? 'NONE',
  }
}
