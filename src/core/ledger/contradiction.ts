import type { Person } from '../approval/person.ts'
import type { Review } from '../approval/pull-request.ts'
import { humanInstant, type Instant } from '../instant.ts'
import type { DecidedPerson, DecidedReview, LedgerDecision } from './decision.ts'

/** What a forge says of a pull request that the ledger has decisions on, as far as it does not change any more. */
export interface ForgeAccount {
  /** Name of the branch that it goes into. */
  readonly base: string
  readonly head: string
  readonly mergedAt: Instant | null
  readonly author: Person | null
  readonly committers: readonly (Person | null)[]
  readonly reviews: readonly Review[]
  /** The mainline commits that it became, where they can be told. */
  readonly commits?: readonly string[]
}

/**
 * Why a decision that says that something was approved cannot be true, by what the forge says; `undefined` where
 * nothing contradicts it. Only what can be told long afterwards as well as at once is held against it: accounts that
 * are gone, and when which commit was the head, contradict nobody.
 */
export function contradictionOf(
  decision: LedgerDecision,
  account: ForgeAccount | undefined,
  mainline: string,
): string | undefined {
  const { pullRequest, head, outcome, commits, author } = decision
  if (!account) return `there is no pull request ${pullRequest}`
  if (account.mergedAt === null) return `pull request ${pullRequest} was not merged`
  if (account.base !== mainline) return `pull request ${pullRequest} went into another branch than ${mainline}`
  if (account.head !== head) return `pull request ${pullRequest} ended in ${account.head.slice(0, 10)}`
  if (outcome === 'merged' && account.commits && account.commits.join() !== commits.join()) {
    return `pull request ${pullRequest} became ${account.commits.map((commit) => commit.slice(0, 10)).join(', ')}`
  }
  if (author && isKnown(account.author) && !isSame(author, account.author)) {
    return `${account.author.login} opened pull request ${pullRequest}`
  }
  for (const review of decision.reviews) {
    const because = reviewContradiction(decision, review, account)
    if (because !== undefined) return because
  }
  return undefined
}

function reviewContradiction(
  { at, committers = [] }: LedgerDecision,
  review: DecidedReview,
  account: ForgeAccount,
): string | undefined {
  const { login } = review
  const given = account.reviews.find((each) => isGiven(review, each))
  if (!given) {
    const when = review.at === undefined ? '' : ` of ${humanInstant(review.at)} UTC`
    return `it has no approval by ${login}${when}`
  }
  // One that was dismissed may have stood when it was counted.
  if (given.state !== 'APPROVED' && given.state !== 'DISMISSED') return `the review by ${login} is no approval`
  const later = account.reviews.find(
    ({ state, user, submittedAt = Number.POSITIVE_INFINITY }) =>
      state === 'CHANGES_REQUESTED' &&
      isKnown(user) &&
      isSame(review, user) &&
      submittedAt > (given.submittedAt ?? 0) &&
      submittedAt <= at,
  )
  if (later) return `${login} asked for changes afterwards`
  const wrote = account.committers.some((each) => isKnown(each) && isSame(review, each))
  const isTold = committers.some((each) => each && each.login.toLowerCase() === login.toLowerCase())
  return wrote && !isTold ? `${login} wrote a part of it` : undefined
}

/** Whether a review of the forge is the one that a decision counted: by its number, else by who gave it and when. */
function isGiven(counted: DecidedReview, { id, user, submittedAt }: Review): boolean {
  if (counted.id !== undefined && counted.id !== id) return false
  if (isKnown(user) && !isSame(counted, user)) return false
  return counted.at === undefined ? counted.id !== undefined : counted.at === submittedAt
}

/** The account under which a forge shows what others did whose accounts are gone. */
const ghost = 'ghost'

function isKnown<P extends Person>(person: P | null): person is P {
  return person !== null && person.login !== ghost
}

/** By their numbers where both have one, because a login may change. */
function isSame({ login, user }: DecidedPerson, person: Person): boolean {
  if (user !== undefined && person.id !== undefined) return user === person.id
  return login.toLowerCase() === person.login.toLowerCase()
}
