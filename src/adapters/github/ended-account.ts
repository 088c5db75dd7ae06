import type { ForgeAccount } from '../../core/ledger/contradiction.ts'
import type { GitHub } from './connection.ts'
import { type PullRequestSummary, summaryOf } from './pull-request.ts'
import { committersOf } from './pull-request-commits.ts'
import { reviewsOf } from './pull-request-reviews.ts'
import { told } from './told.ts'

/** A pull request with what GitHub says of it that does not change any more once it has ended. */
export interface EndedAccount extends PullRequestSummary, Omit<ForgeAccount, 'author' | 'base' | 'head' | 'mergedAt'> {}

const reading = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'

/** GitHub lists no more commits of a pull request. */
const mostCommits = 250

/** Reads who opened, wrote and reviewed a pull request; `undefined` where GitHub knows none of that number. */
export async function endedAccount(github: GitHub, number: number): Promise<EndedAccount | undefined> {
  const { status, data } = await github.request(reading, { pull_number: number }, [404])
  if (status === 404) return undefined
  const from = told(reading, data)
  const pull = summaryOf(from)
  const commits = from.count('commits')
  const committers = commits > mostCommits ? [] : await committersOf(github, number, { head: pull.head, commits })
  return { ...pull, committers, reviews: await reviewsOf(github, number) }
}
