import { createHash } from 'node:crypto'
import { findComment } from '../adapters/github/comment.ts'
import type { PullRequestSummary } from '../adapters/github/pull-request.ts'
import { reviewsOf } from '../adapters/github/pull-request-reviews.ts'
import type { Review } from '../core/approval/pull-request.ts'
import { type KeptState, keptStateIn } from '../core/gate/kept-state.ts'
import type { Instant } from '../core/instant.ts'
import type { Head } from './gate-head.ts'
import type { OpenPulls } from './open-pulls.ts'
import type { World } from './world.ts'

/**
 * A decision stands to the end of the quarter of a day in which it was made; then it is made anew, whatever happened.
 */
const slot = 6 * 3600

/** What a decision about a head rests on, and until when time alone cannot change it. */
export function stateOf(
  { now, version }: World,
  open: OpenPulls,
  pulls: readonly { readonly pull: PullRequestSummary; readonly reviews: readonly Review[] }[],
  expires: readonly Instant[] = [],
): KeptState {
  const numbers = pulls.map(({ pull }) => pull.number)
  const proposes = open.tentative.some(({ pull }) => numbers.includes(pull))
  const others = proposes ? open.tentative.filter(({ pull }) => !numbers.includes(pull)) : []
  const rests = {
    version,
    base: open.base,
    pulls: pulls.map(({ pull, reviews }) => [pull.number, pull.head, pull.base, pull.draft, pull.author?.id, reviews]),
    others: others.map(({ pull, head }) => [pull, head]),
  }
  const { tips, ...base } = rests.base
  const digest = createHash('sha256')
    .update(JSON.stringify({ ...rests, base }))
    .digest('hex')
  return { digest, until: Math.min((Math.floor(now / slot) + 1) * slot, ...expires) }
}

/**
 * What was read to see whether what stands on a head holds still, and whether it does. What is green is judged every
 * time: it must hold now, and whoever may write check runs could have written it.
 */
export async function lookAgain(world: World, open: OpenPulls, { pulls, checks }: Head): Promise<Again> {
  const [newest] = checks
  const kept = newest && newest.conclusion !== 'success' ? keptStateIn(newest.summary) : undefined
  if (!kept || kept.until <= world.now) return { isCurrent: false, reviews: new Map() }
  const reviews = new Map<number, readonly Review[]>()
  for (const { number } of pulls) reviews.set(number, await reviewsOf(open.github, number))
  const read = pulls.map((pull) => ({ pull, reviews: reviews.get(pull.number) ?? [] }))
  if (stateOf(world, open, read).digest !== kept.digest) return { isCurrent: false, reviews }
  for (const { number } of pulls) {
    if (!(await findComment(open.github, number, 'gate'))) return { isCurrent: false, reviews }
  }
  return { isCurrent: true, reviews }
}

interface Again {
  readonly isCurrent: boolean
  /** Reviews by the number of the pull request, as far as they were read. */
  readonly reviews: ReadonlyMap<number, readonly Review[]>
}
