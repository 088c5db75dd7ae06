import { nearest } from '../core/nearest.ts'
import { isData } from '../core/record.ts'
import { namedIn } from '../core/reference.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A link that may also lead into another tool (`x-links`) leads to a record where it has the form of an id made here.
 *
 * Which change caused an incident decides figures: a mistyped id would leave the incident out without a word. Ids of
 * other tools are taken as they are.
 */
export const linkExists: Rule = {
  id: 'link-exists',
  severity: 'error',
  summary: 'Links that look like ids made here lead to records; those of other tools are taken as they are',
  local: true,
  *check({ records, rulebook, unreadable }) {
    for (const record of records.all) {
      const links = rulebook.types.get(record.type)?.schema['x-links']
      for (const [field, to] of Object.entries(isData(links) ? links : {})) {
        const prefix = typeof to === 'string' ? rulebook.types.get(to)?.prefix : undefined
        if (typeof to !== 'string' || prefix === undefined) continue
        for (const { route, id } of [...namedIn(record.data, [field]), ...namedIn(record.data, [field, '*'])]) {
          if (!isMadeHere(id, prefix) || records.find(to, id) || unreadable.has(`${to}/${id}`)) continue
          const known = records.ofType(to).map((other) => other.id)
          const guess = nearest(id, known)
          yield {
            message: `There is no ${to} ${id}`,
            place: { file: record.file, route },
            hint: guess === undefined ? `gitsm list ${to} shows what there is` : `Did you mean ${guess}?`,
          }
        }
      }
    }
  },
}

/** Whether an id has the form of those that `gitsm new` makes: prefix, date and four letters or digits. */
function isMadeHere(id: string, prefix: string): boolean {
  return id.startsWith(`${prefix}-`) && /^-\d{8}-[0-9A-Z]{4}$/.test(id.slice(prefix.length))
}
