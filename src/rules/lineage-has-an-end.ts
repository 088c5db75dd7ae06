import { circles } from '../core/circle.ts'
import { type RecordDoc, textsAt } from '../core/record.ts'
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
  links: fields,
  *check({ records, rulebook }) {
    for (const type of rulebook.types.keys()) {
      for (const [field, closed] of circlesIn(records.ofType(type))) {
        for (const circle of closed) {
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

/** What was told of records and lists before: neither changes, and a replay hands in most of them at every commit. */
const linked = new WeakMap<RecordDoc, boolean>()
const known = new WeakMap<readonly RecordDoc[], Circles>()

/** The same by the first record that links, for lists that differ in records without links only. */
const knownFrom = new WeakMap<RecordDoc, { readonly some: readonly RecordDoc[]; readonly found: Circles }>()

type Circles = readonly (readonly [field: (typeof fields)[number], closed: readonly (readonly string[])[]])[]

function circlesIn(records: readonly RecordDoc[]): Circles {
  const before = known.get(records)
  if (before) return before
  const some = records.filter(isLinked)
  const [first] = some
  if (!first) return []
  const last = knownFrom.get(first)
  if (last?.some.length === some.length && last.some.every((record, at) => record === some[at])) return last.found
  const found = fields.map((field) => {
    const leading = some.filter(({ data }) => data[field] !== undefined)
    return [field, [...circles(new Map(leading.map(({ id, data }) => [id, textsAt(data, field)])))]] as const
  })
  known.set(records, found)
  knownFrom.set(first, { some, found })
  return found
}

function isLinked(record: RecordDoc): boolean {
  const before = linked.get(record)
  if (before !== undefined) return before
  const leads = fields.some((field) => record.data[field] !== undefined)
  linked.set(record, leads)
  return leads
}
