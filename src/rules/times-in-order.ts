import { type Instant, parseInstant } from '../core/instant.ts'
import { isData, listAt, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/**
 * Declared times run forwards: no incident is resolved before it was opened, and `log` reads from top to bottom.
 *
 * Which fields must not lie before which is said by the schemas (`x-not-before`).
 */
export const timesInOrder: Rule = {
  id: 'times-in-order',
  severity: 'error',
  summary: 'Declared times run forwards',
  local: true,
  *check({ records, rulebook }) {
    for (const { type, file, data } of records.all) {
      for (const { field, notBefore } of rulebook.types.get(type)?.orderedTimes ?? []) {
        const at = parseInstant(textAt(data, field) ?? '')
        for (const other of notBefore) {
          const earliest = parseInstant(textAt(data, other) ?? '')
          if (at === undefined || earliest === undefined || at >= earliest) continue
          yield {
            message: `${field} lies before ${other}`,
            place: { file, route: [field] },
            hint: `Correct one of them: ${other} is ${textAt(data, other)}`,
            related: [{ place: { file, route: [other] }, message: `${other} is here` }],
          }
        }
      }
      let latest: Instant | undefined
      for (const [index, entry] of listAt(data, 'log').entries()) {
        const at = isData(entry) ? parseInstant(textAt(entry, 'at') ?? '') : undefined
        if (at === undefined) continue
        if (latest !== undefined && at < latest) {
          yield {
            message: 'This log entry lies before the one above it',
            place: { file, route: ['log', index, 'at'] },
            hint: 'The log is appended to; give the entry the time at which it was written',
          }
        }
        latest = latest === undefined ? at : Math.max(latest, at)
      }
    }
  },
}
