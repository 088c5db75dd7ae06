import { circles } from '../core/circle.ts'
import { textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/** Fields that lead from a record to another of its type that came before it, or stands above it. */
const fields = ['duplicate_of', 'parent', 'reopened_from', 'resubmission_of', 'supersedes'] as const

/**
 * No record is its own duplicate, parent or predecessor, directly or by way of others.
 *
 * Two duplicates of each other leave nobody working on either.
 */
export const lineageHasAnEnd: Rule = {
  id: 'lineage-has-an-end',
  severity: 'error',
  summary: 'No record is its own duplicate, parent or predecessor, directly or by way of others',
  *check({ records, rulebook }) {
    for (const type of rulebook.types.keys()) {
      for (const field of fields) {
        const linked = records.ofType(type).filter(({ data }) => data[field] !== undefined)
        const links = new Map(linked.map(({ id, data }) => [id, textsAt(data, field)]))
        for (const circle of circles(links)) {
          const last = records.find(type, circle.at(-1) ?? '')
          if (!last) continue
          yield {
            message:
              circle.length === 1
                ? `${last.id} names itself as ${field}`
                : `${field} leads in a circle: ${[last.id, ...circle].join(' → ')}`,
            place: { file: last.file, route: [field] },
            hint: field === 'duplicate_of' ? 'Let it name the original record' : `Correct ${field}, or leave it out`,
          }
        }
      }
    }
  },
}
