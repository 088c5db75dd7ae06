import type { RecordDoc } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * No two records share an id, whatever their type and letter case.
 *
 * Two pull requests can each add the same id in different files and merge cleanly, and some file systems cannot hold
 * `INC-1.yaml` beside `inc-1.yaml`; so ids are compared without case over the whole tree. Records of different types
 * may share a slug (a service and its SLA), but ids of process records are spoken of without their type.
 */
export const idUnique: Rule = {
  id: 'id-unique',
  severity: 'error',
  summary: 'Ids are unique, also across letter case',
  local: true,
  *check({ records, rulebook }) {
    const first = new Map<string, RecordDoc>()
    for (const record of records.all) {
      const spoken = rulebook.types.get(record.type)?.prefix !== undefined
      const key = `${spoken ? '' : `${record.type}/`}${record.id.normalize('NFC').toLowerCase()}`
      const other = first.get(key)
      if (!other) {
        first.set(key, record)
        continue
      }
      const alike = other.id === record.id ? 'is already taken' : `differs from ${other.id} in letter case only`
      yield {
        message: `id ${record.id} ${alike}`,
        place: { file: record.file, route: ['id'] },
        hint: `Give this record another id; ${other.file} has it`,
        related: [{ place: { file: other.file, route: ['id'] }, message: `${other.id} is here` }],
      }
    }
  },
}
