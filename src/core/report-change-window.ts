import type { ConflictFacts } from './conflict-facts.ts'
import { reachOf } from './conflict-reach.ts'
import { settled } from './conflict-waiver.ts'
import { restrictionsOf } from './conflict-windows.ts'
import { plannedChange } from './planned-change.ts'
import type { Data } from './record.ts'
import type { ChangeLife } from './report-change.ts'
import { spanOf } from './timekeeping.ts'

/** A freeze during which a change was carried out, although it binds the change. */
export interface BrokenFreeze {
  readonly window: string
  readonly because: string
  /** Who has waived the conflict; `null` where nobody has who may. */
  readonly waivedBy: string | null
}

/**
 * The freezes that bound a change while it was carried out, by the times that its record declares and today's windows.
 */
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
