import type { Instant } from './instant.ts'

/** How many later commits are asked whether a time can be right. */
const witnesses = 5

/**
 * The times at which mainline commits count as made, from the committer dates they claim, oldest first
 * (DESIGN.md §9, "Time and SLA").
 *
 * A claimed time that is later than most of the next five (or of as many as there are) is invalid and gives way to its
 * parent's, so that one bad clock cannot poison all that follows. A time that runs backwards counts as its parent's.
 * The order stays that of the mainline, and the wall clock plays no part.
 */
export function effectiveTimes(claimed: readonly Instant[]): readonly Instant[] {
  const effective: Instant[] = []
  for (const [position, time] of claimed.entries()) {
    const later = claimed.slice(position + 1, position + 1 + witnesses)
    const contradicting = later.filter((other) => other < time).length
    const invalid = contradicting * 2 > later.length
    const parent = effective.at(-1)
    effective.push(invalid ? (parent ?? Math.min(...later)) : Math.max(time, parent ?? time))
  }
  return effective
}
