import type { Demand } from './demand.ts'
import type { Evidence } from './evidence.ts'
import { expanded, teamsMeant } from './expand.ts'
import { isMember, membersOf } from './person.ts'
import type { Requirement } from './requirement.ts'
import { seenCommits } from './seen-commit.ts'
import { type KnownReview, standingReviews } from './standing-review.ts'
import { castBy } from './vote.ts'

/** A review that counts for a demand, and the commit that it was given on. */
export interface CountedReview {
  readonly review: KnownReview
  readonly seen: string
}

/** The approvals that count for a demand, whether they are enough or not, in the order in which they were given. */
export function countedReviews(demand: Demand, evidence: Evidence): readonly CountedReview[] {
  const { pull, now: at } = evidence
  if (!pull) return []
  const cast = approversAsked(demand).flatMap((from) => castBy(from, { demand, evidence, at }))
  const counted = new Set(cast.filter(({ vote }) => vote.against === undefined).map(({ review }) => review))
  return standingReviews(pull.reviews).last.flatMap((review): readonly CountedReview[] => {
    const seen = seenCommits(review, pull)
    const [commit] = 'unknown' in seen ? [] : seen
    return counted.has(review) && commit !== undefined ? [{ review, seen: commit }] : []
  })
}

/** Whether somebody who may decide on a demand asks for changes, as their last word. */
export function isRejected(demand: Demand, { pull, base }: Pick<Evidence, 'pull' | 'base'>): boolean {
  const teams = approversAsked(demand).flat()
  const members = teams.flatMap((name) => teamsMeant(name, demand)).flatMap((team) => membersOf(base, team) ?? [])
  return standingReviews(pull?.reviews ?? []).last.some(
    ({ state, user }) => state === 'CHANGES_REQUESTED' && members.some((member) => isMember(user, member)),
  )
}

/** Of each requirement that asks for approvals, the teams whose approvals it takes. */
function approversAsked(demand: Demand): readonly (readonly string[])[] {
  return demand.rule ? leaves(expanded(demand.rule.require, demand)) : []
}

function leaves(require: Requirement): readonly (readonly string[])[] {
  if (require.kind === 'approvals') return [require.from]
  return require.kind === 'all' || require.kind === 'any' ? require.parts.flatMap(leaves) : []
}
