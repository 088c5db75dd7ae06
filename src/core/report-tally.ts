import { compare } from './diagnostic.ts'
import type { Share } from './kpi-figure.ts'
import { type Clock, tallyClocks } from './kpi-sla.ts'
import { addTo } from './lists-by-key.ts'
import type { TimeSpan } from './time-span.ts'

/** What became of some clocks, in numbers. */
export interface TallyLine {
  readonly name: string | null
  readonly compliance: Share
  readonly breached: number
  readonly nearMisses: number
  readonly running: number
  readonly overdue: number
  readonly retrospective: Share
}

/** Clocks by a text that each of them has, in order of that text. */
export function clocksBy(
  clocks: readonly Clock[],
  by: (clock: Clock) => string,
): readonly (readonly [string, readonly Clock[]])[] {
  const groups = new Map<string, Clock[]>()
  for (const clock of clocks) {
    const key = by(clock)
    addTo(groups, key, clock)
  }
  return [...groups].sort(([a], [b]) => compare(a, b))
}

/** Counts clocks for one line of a table. */
export function tallyLine(name: string | null, clocks: readonly Clock[], period: TimeSpan): TallyLine {
  const { compliance, retrospective, breaches, nearMisses, running, overdue } = tallyClocks(clocks, period)
  return {
    name,
    compliance,
    breached: breaches.length,
    nearMisses: nearMisses.length,
    running,
    overdue: overdue.length,
    retrospective,
  }
}

/** Whether a line has anything to say. */
export function isNotEmpty({ compliance, retrospective, running, overdue }: TallyLine): boolean {
  return compliance.n + retrospective.n + running + overdue > 0
}
