import { mayBeSame } from './person.ts'
import type { Review } from './pull-request.ts'

/** A review that somebody GitHub knows gave. */
export type KnownReview = Review & { readonly user: NonNullable<Review['user']> }

const decisive: readonly Review['state'][] = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']

/** What everybody's last word is, and the reviews that nobody can be asked about. */
export interface Standing {
  /** The last decisive review of each user, in the order of these reviews. */
  readonly last: readonly KnownReview[]
  /** Decisive reviews of accounts that are gone. */
  readonly orphaned: readonly Review[]
}

/**
 * The last review of each user among those that decide: comments and pending ones change nothing. Users are told apart
 * by their numeric id, else by login. Where nobody knows when one was submitted, it is taken to stand where it lets
 * less pass: an approval before all others, anything else after them.
 */
export function standingReviews(reviews: readonly Review[]): Standing {
  const inOrder = reviews.filter(({ state }) => decisive.includes(state)).toSorted((a, b) => placeOf(a) - placeOf(b))
  const known = inOrder.filter(isKnown)
  const isLast = (review: KnownReview, at: number): boolean =>
    !known.some((later, place) => place > at && sameUser(review.user, later.user))
  return { last: known.filter(isLast), orphaned: inOrder.filter(({ user }) => user === null) }
}

function placeOf({ state, submittedAt }: Review): number {
  return submittedAt ?? (state === 'APPROVED' ? -1 : Number.MAX_SAFE_INTEGER)
}

function isKnown(review: Review): review is KnownReview {
  return review.user !== null
}

function sameUser(one: KnownReview['user'], other: KnownReview['user']): boolean {
  return one.id !== undefined && other.id !== undefined ? one.id === other.id : mayBeSame(one, other)
}
