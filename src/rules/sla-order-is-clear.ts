import type { Facts } from '../core/facts.ts'
import { type Data, isData, type RecordDoc, textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { fieldSchema } from '../core/schema-field.ts'
import { selectors } from '../core/sla.ts'

/**
 * Of two active agreements of one kind that can cover the same record with the same target, one comes first.
 *
 * With equal orders, which of them judges a record would be an accident.
 */
export const slaOrderIsClear: Rule = {
  id: 'sla-order-is-clear',
  severity: 'error',
  summary: 'Agreements of one kind that can cover the same record differ in order',
  *check(facts) {
    const active = facts.records.ofType('sla').filter(({ data }) => data['state'] === 'active')
    for (const [index, record] of active.entries()) {
      for (const other of active.slice(0, index)) {
        const { kind, order } = record.data
        if (kind !== other.data['kind'] || order !== other.data['order']) continue
        const shared = targetNames(record).filter((name) => targetNames(other).includes(name))
        if (shared.length === 0 || !canMeet(facts, record.data, other.data)) continue
        yield {
          message: `${record.id} and ${other.id} can both cover a record, with order ${String(order)} for ${shared.join(', ')}`,
          place: { file: record.file, route: ['order'] },
          hint: `Give the one that comes first a lower order, or let their applies_to exclude each other`,
          related: [{ place: { file: other.file, route: ['order'] }, message: `${other.id} has the same order` }],
        }
      }
    }
  },
}

function targetNames({ data }: RecordDoc): readonly string[] {
  return isData(data['targets']) ? Object.keys(data['targets']) : []
}

/** Whether some record could match both. A field that holds a list can match two different values at once. */
function canMeet({ rulebook }: Facts, a: Data, b: Data): boolean {
  const [one, other] = [selectors(a['applies_to']), selectors(b['applies_to'])]
  return [...one].every(([field, values]) => {
    const wanted = other.get(field)
    if (!wanted || [...values].some((value) => wanted.has(value))) return true
    return field !== 'type' && [...rulebook.types.values()].some(({ schema }) => holdsList(schema, field))
  })
}

function holdsList(schema: Data, field: string): boolean {
  return textsAt(fieldSchema(schema, field) ?? {}, 'type').includes('array')
}
