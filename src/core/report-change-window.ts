import type { ConflictFacts } from './conflict-facts.ts'
import { reachOf } from './conflict-reach.ts'
import { settled } from './conflict-waiver.ts'
import { restrictionsOf } from './conflict-windows.ts'
import { parseInstant, type Seconds } from './instant.ts'
import { plannedChange } from './planned-change.ts'
import { type Data, textAt } from './record.ts'
import type { ChangeLife } from './report-change.ts'
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
export function timekeeping({ data }: Pick<ChangeLife, 'data'>): Timekeeping {
  const planned = spanOf(data, 'planned_start', 'planned_end')
  if (!planned) return { kept: 'unplanned' }
  const actual = spanOf(data, 'actual_start', 'actual_end')
  if (!actual) return { kept: 'untold' }
  const [early, late] = [Math.max(0, planned.from - actual.from), Math.max(0, actual.until - planned.until)]
  return early + late === 0 ? { kept: 'inside' } : { kept: 'outside', early, late }
}

function spanOf(data: Data, from: string, until: string): TimeSpan | undefined {
  const [start, end] = [parseInstant(textAt(data, from) ?? ''), parseInstant(textAt(data, until) ?? '')]
  return start === undefined || end === undefined ? undefined : { from: start, until: end }
}

/** A freeze during which a change was carried out, although it binds the change. */
export interface BrokenFreeze {
  readonly window: string
  readonly because: string
  /** Who has waived the conflict; `null` where nobody has who may. */
  readonly waivedBy: string | null
}

/** The freezes that bound a change while it was carried out, by the times that its record declares and today's windows. */
export function brokenFreezes(
  { id, file, data }: Pick<ChangeLife, 'id' | 'file' | 'data'>,
  facts: ConflictFacts,
): readonly BrokenFreeze[] {
  const actual = spanOf(data, 'actual_start', 'actual_end')
  if (!actual || actual.from >= actual.until) return []
  const record = { type: 'change', id, file, data }
  const planned = plannedChange({ ...record, data: { ...data, ...plannedAs(data) } }, facts.records)
  if (!planned) return []
  const met = restrictionsOf(planned, reachOf(planned, facts.graph), facts, actual).filter(
    ({ kind, blocks }) => blocks && freezing.has(kind),
  )
  const conflicts = met.flatMap(({ forbidden, ...restriction }) =>
    forbidden(actual).length === 0 ? [] : [{ ...restriction, ...actual }],
  )
  return settled(record, conflicts, facts.records).map(({ with: window, because, waiver }) => ({
    window: window.id,
    because,
    waivedBy: waiver?.approver ?? null,
  }))
}

const freezing: ReadonlySet<string> = new Set(['lockdown', 'ci_in_blackout', 'related_ci_in_blackout'])

/** A change without planned times is looked at as if it had been planned for when it was carried out. */
function plannedAs(data: Data): Data {
  return { planned_start: data['actual_start'], planned_end: data['actual_end'] }
}
