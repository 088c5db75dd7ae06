import { parseInstant, type Seconds } from './instant.ts'
import { type Data, textAt } from './record.ts'
import type { TimeSpan } from './time-span.ts'

/** How the work of a change lay to the time that was planned for it, by the times that its record declares. */
export type Timekeeping =
  /** From the planned start on, and over by the planned end. */
  | { readonly kept: 'inside' }
  /** It began before the planned start, or went on beyond the planned end, by this much. */
  | { readonly kept: 'outside'; readonly early: Seconds; readonly late: Seconds }
  /** No time was planned. */
  | { readonly kept: 'unplanned' }
  /** The record does not say when the work was done. */
  | { readonly kept: 'untold' }

/** Holds the work of a change against its planned time. */
export function timekeeping({ data }: { readonly data: Data }): Timekeeping {
  const planned = spanOf(data, 'planned_start', 'planned_end')
  if (!planned) return { kept: 'unplanned' }
  const actual = spanOf(data, 'actual_start', 'actual_end')
  if (!actual) return { kept: 'untold' }
  const [early, late] = [Math.max(0, planned.from - actual.from), Math.max(0, actual.until - planned.until)]
  return early + late === 0 ? { kept: 'inside' } : { kept: 'outside', early, late }
}

/** The time between two instants that a record tells; `undefined` where it does not tell both. */
export function spanOf(data: Data, from: string, until: string): TimeSpan | undefined {
  const [start, end] = [parseInstant(textAt(data, from) ?? ''), parseInstant(textAt(data, until) ?? '')]
  return start === undefined || end === undefined ? undefined : { from: start, until: end }
}
