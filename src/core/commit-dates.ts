import type { Instant, Seconds } from './instant.ts'
import type { Sightings } from './ledger/sightings.ts'
import type { ClaimedCommit, ProvenTime } from './provenance.ts'

/** A committer date that what is known beside it contradicts. */
export interface ImplausibleDate {
  readonly position: number
  readonly kind: 'ahead' | 'behind'
  /** The committer date. */
  readonly claimed: Instant
  /** The instant that it lies before or after, and whose that is. */
  readonly against: Instant
  readonly witness: 'ledger' | 'later commits' | 'earlier commit' | 'clock'
}

/** By how much clocks of honest machines may differ: less is no contradiction. */
export const clockTolerance: Seconds = 600

/** How many later commits are asked what a date ran ahead of. */
const witnesses = 5

/**
 * The committer dates that cannot be right, by more than honest clocks differ, in the order of the mainline.
 *
 * A date is *ahead* where it lies after the instant by which the ledger knew the commit, or where later commits
 * contradict it (`provenTimes`). It is *behind* where it lies before the date of a commit that it followed. One that
 * lies before the first sight of itself, or of its parent, is neither: commits are made before they are pushed, and
 * some before what they followed was seen.
 */
export function implausibleDates(
  commits: readonly ClaimedCommit[],
  times: readonly ProvenTime[],
  sightings?: Sightings,
): readonly ImplausibleDate[] {
  const found: ImplausibleDate[] = []
  let latest = Number.NEGATIVE_INFINITY
  for (const [position, { claimed }] of commits.entries()) {
    const seen = sightings?.thereBy(position)
    const isAhead = times[position]?.doubt === 'ahead'
    const add = (kind: ImplausibleDate['kind'], against: Instant, witness: ImplausibleDate['witness']): void => {
      if (Math.abs(claimed - against) > clockTolerance) found.push({ position, kind, claimed, against, witness })
    }
    if (seen !== undefined && claimed > seen) {
      add('ahead', seen, 'ledger')
      if (claimed - seen <= clockTolerance) latest = Math.max(latest, seen)
    } else if (isAhead) add('ahead', contradiction(commits, times, position), 'later commits')
    else {
      if (claimed < latest) add('behind', latest, 'earlier commit')
      latest = Math.max(latest, claimed)
    }
  }
  return found
}

/** The earliest later date that a date ran ahead of; its stand-in where those are farther off. */
function contradiction(commits: readonly ClaimedCommit[], times: readonly ProvenTime[], position: number): Instant {
  const [claimed, standIn] = [commits[position]?.claimed ?? 0, times[position]?.at ?? 0]
  const later = commits.slice(position + 1, position + 1 + witnesses).map((each) => each.claimed)
  const contradicting = later.filter((each) => each >= standIn && each < claimed)
  return contradicting.reduce((a, b) => Math.min(a, b), contradicting.length === 0 ? standIn : claimed)
}

/**
 * Times whose doubts are real ones: no longer those of a date that lies behind others only as honest clocks differ, or
 * behind what was seen later than it was made.
 */
export function settledDoubts(
  times: readonly ProvenTime[],
  implausible: readonly ImplausibleDate[],
): readonly ProvenTime[] {
  const behind = new Set(implausible.flatMap(({ kind, position }) => (kind === 'behind' ? [position] : [])))
  return times.map((time, position) => {
    const { at, provenance, doubt } = time
    const vouched = provenance === 'attested' || provenance === 'observed'
    if (doubt !== 'behind' || (behind.has(position) && !vouched)) return time
    return { at, provenance }
  })
}
