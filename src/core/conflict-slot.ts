import { collisionsOf } from './conflict-changes.ts'
import type { ConflictFacts } from './conflict-facts.ts'
import type { Reach } from './conflict-reach.ts'
import { restrictionsOf } from './conflict-windows.ts'
import type { Instant, Seconds } from './instant.ts'
import type { PlannedChange } from './planned-change.ts'
import { overlap, type TimeSpan, uncovered } from './time-span.ts'

/** How far ahead a free slot is looked for: 90 days. */
export const slotHorizon: Seconds = 90 * 86_400

const quarter: Seconds = 900

/**
 * The first time from an instant on, within 90 days, in which a change of this length would meet no conflict that
 * blocks it, waivers left aside; `undefined` where there is none. Slots begin on a quarter of an hour, unless the
 * change begins where it was planned.
 */
export function nextFreeSlot(
  planned: PlannedChange,
  reach: Reach,
  facts: ConflictFacts,
  from: Instant,
): TimeSpan | undefined {
  const length = planned.until - planned.from
  const begin = Math.max(from, planned.from)
  const span = { from: begin, until: begin + slotHorizon }
  const forbidden = restrictionsOf(planned, reach, facts, span)
    .filter(({ blocks }) => blocks)
    .flatMap((restriction) => restriction.forbidden(span))
  const taken = facts.changes
    .overlapping(span)
    .filter((other) => other.id !== planned.id)
    .filter((other) => collisionsOf(planned, reach, other, facts.graph).some(({ blocks }) => blocks))
    .flatMap((other) => overlap(other, span) ?? [])
  for (const free of uncovered(span, [...forbidden, ...taken])) {
    const start = free.from === planned.from ? free.from : Math.ceil(free.from / quarter) * quarter
    if (start + length <= free.until) return { from: start, until: start + length }
  }
  return undefined
}
