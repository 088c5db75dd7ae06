import type { MainlineCommit } from '../core/history.ts'
import { humanHours, humanInstant, type Instant } from '../core/instant.ts'
import { type Data, textAt } from '../core/record.ts'
import { standingServiceLevels } from '../core/service-levels.ts'
import { readings } from '../core/sla-reading.ts'
import type { Snapshot } from './load.ts'

/** A line for each clock that a new record would start if it were committed now, and when it would be due. */
export function firstClocks(
  { records, rulebook }: Snapshot,
  { type, id, data }: { readonly type: string; readonly id: string; readonly data: Data },
  by: string,
  now: Instant,
): readonly string[] {
  const commit: MainlineCommit = { commit: '', position: 0, at: now, provenance: 'claimed', by }
  const state = textAt(data, 'state')
  if (state === undefined) return []
  const levels = standingServiceLevels(records.all, rulebook.config)
  const record = { type, id, moments: [{ commit, recorded: now, state, data }] }
  return readings(record, levels, now)
    .filter(({ stop }) => stop === null)
    .toSorted((a, b) => (a.due ?? Number.POSITIVE_INFINITY) - (b.due ?? Number.POSITIVE_INFINITY))
    .map(({ target, sla, due, allowed }) => {
      const when = due === null ? 'never' : `${humanInstant(due)} UTC`
      return `${target} due ${when} (${humanHours(allowed)} under ${sla})`
    })
}
