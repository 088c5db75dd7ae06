import { nearest } from '../core/nearest.ts'
import { namedIn } from '../core/reference.ts'
import type { Rule } from '../core/rule.ts'

/**
 * What a record names exists, and is of the right type.
 *
 * A reference that leads nowhere hides a typing mistake or a record that was never written; figures by service or team
 * would silently leave it out.
 */
export const referenceExists: Rule = {
  id: 'reference-exists',
  severity: 'error',
  summary: 'References lead to records that exist and are of the right type',
  local: true,
  *check({ records, rulebook, unreadable }) {
    for (const record of records.all) {
      for (const { path, to } of rulebook.types.get(record.type)?.references ?? []) {
        for (const { route, id } of namedIn(record.data, path)) {
          if (to.some((type) => records.find(type, id) || unreadable.has(`${type}/${id}`) || builtIn(type, id)))
            continue
          const elsewhere = [...rulebook.types.keys()].find((type) => records.find(type, id))
          const known = to.flatMap((type) => records.ofType(type).map((other) => other.id))
          const guess = nearest(id, known)
          yield {
            message: elsewhere
              ? `${id} is a ${elsewhere}, but a ${to.join(' or ')} is wanted here`
              : `There is no ${to.join(' or ')} ${id}`,
            place: { file: record.file, route },
            hint: guess === undefined ? missing(to, id, known) : `Did you mean ${guess}?`,
          }
        }
      }
    }
  },
}

/** How many known names are few enough to be listed. */
const few = 12

function missing(to: readonly string[], id: string, known: readonly string[]): string {
  const add = `Add records/${to[0]}/${id}.yaml, or name one that exists`
  return known.length === 0 || known.length > few ? add : `${add}: ${known.join(', ')}`
}

/** The calendar that every repository has without a file. */
function builtIn(type: string, id: string): boolean {
  return type === 'calendar' && id === 'always'
}
