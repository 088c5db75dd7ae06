import type { Review } from '../../core/approval/pull-request.ts'
import { accountAt } from './account.ts'
import type { GitHub } from './connection.ts'
import { type Told, told } from './told.ts'
import { GitHubUnavailable } from './unavailable.ts'

const listing = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
const states = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'] as const

/** All reviews of a pull request, in the order in which GitHub lists them, which is that of time. */
export async function reviewsOf(
  github: GitHub,
  number: number,
): Promise<readonly (Review & { readonly id: number })[]> {
  const items = await github.pages(listing, { pull_number: number })
  return items.map((item) => reviewOf(told(listing, item))).toSorted(inTime)
}

function inTime(a: Review & { readonly id: number }, b: Review & { readonly id: number }): number {
  return (a.submittedAt ?? Number.POSITIVE_INFINITY) - (b.submittedAt ?? Number.POSITIVE_INFINITY) || a.id - b.id
}

function reviewOf(from: Told): Review & { readonly id: number } {
  const said = from.text('state').toUpperCase()
  const state = states.find((each) => each === said)
  // A state that nobody knows could be a veto.
  if (!state) throw new GitHubUnavailable({ route: listing, said: `a review in the state ${said}` })
  const submittedAt = from.instantOrNull('submitted_at')
  return {
    id: from.count('id'),
    user: accountAt(from, 'user'),
    state,
    commit: from.shaOrNull('commit_id'),
    ...(submittedAt !== null && { submittedAt }),
  }
}
