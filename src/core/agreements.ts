import { changesBetween } from './changes.ts'
import type { Config } from './config.ts'
import { indexRecords, type RecordIndex } from './facts.ts'
import { isSame } from './same.ts'

/** What clocks rest on in one tree: agreements, calendars, and the configuration with its matrix. */
export interface Agreements {
  readonly records: RecordIndex
  readonly config: Config
}

/** Something that clocks rest on and that differs between two trees. */
export interface AgreementDifference {
  readonly what: 'sla' | 'calendar' | 'configuration'
  /** The id of the record, or the field of `gitsm.yaml`. */
  readonly id: string
  readonly kind: 'added' | 'edited' | 'removed'
}

/** What clocks rest on and differs between two trees, agreements first. */
export function agreementDifferences(before: Agreements, after: Agreements): readonly AgreementDifference[] {
  const records = (['sla', 'calendar'] as const).flatMap((type) => {
    const [one, other] = [before, after].map((side) => ({
      records: indexRecords(side.records.ofType(type)),
      unreadable: new Set<string>(),
    }))
    if (!one || !other) return []
    return changesBetween(one, other).map((change) => ({
      what: type,
      id: (change.kind === 'removed' ? change.before : change.after).id,
      kind: change.kind,
    }))
  })
  const fields = [
    { id: 'priority.matrix', same: isSame(before.config.matrix, after.config.matrix) },
    { id: 'calendar', same: before.config.calendar === after.config.calendar },
  ]
  return [
    ...records,
    ...fields.flatMap(({ id, same }) => (same ? [] : [{ what: 'configuration', id, kind: 'edited' } as const])),
  ]
}

/** The share of cycles, in percent, that each agreement of a tree asks to be met. */
export function objectivesOf(records: RecordIndex): ReadonlyMap<string, number> {
  return new Map(
    records.ofType('sla').flatMap(({ id, data }) => {
      const objective = data['objective']
      return typeof objective === 'number' ? [[id, objective] as const] : []
    }),
  )
}
