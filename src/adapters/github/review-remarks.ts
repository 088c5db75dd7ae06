import type { Instant } from '../../core/instant.ts'
import { accountAt } from './account.ts'
import type { GitHub } from './connection.ts'
import { told } from './told.ts'

/** What somebody said in a review, in their words. */
export interface ReviewRemark {
  /** `ghost` for an account that is gone, as GitHub calls it. */
  readonly login: string
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED'
  readonly at: Instant
  readonly body: string
}

const listing = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
const states = ['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED'] as const

/** What was said in the reviews of a pull request that were submitted, in the order of time. */
export async function reviewRemarks(github: GitHub, number: number): Promise<readonly ReviewRemark[]> {
  const items = await github.pages(listing, { pull_number: number })
  return items
    .flatMap((item): readonly ReviewRemark[] => {
      const review = told(listing, item)
      const state = states.find((each) => each === review.text('state').toUpperCase())
      const at = review.instantOrNull('submitted_at')
      if (!state || at === null) return []
      return [{ login: accountAt(review, 'user')?.login ?? 'ghost', state, at, body: review.textOrNull('body') ?? '' }]
    })
    .toSorted((a, b) => a.at - b.at)
}
