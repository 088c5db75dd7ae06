import type { TimedFacts } from '../core/facts.ts'
import { humanInstant, parseInstant } from '../core/instant.ts'
import { textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/** What is to be done about a change whose time is over, by the state it still stands in. */
const cures: ReadonlyMap<string, string> = new Map([
  ['scheduled', 'plan it anew in a pull request, or cancel it: gitsm move %s cancelled --set cancel_reason=…'],
  ['implement', 'say how it ended: gitsm move %s review --set actual_end=… --set outcome=…'],
])

/**
 * A change whose planned time is over has been carried out, planned anew or given up.
 *
 * One that stays behind blocks the calendar for others, and nobody knows what became of it.
 */
export const changeIsNotOverdue: Rule<TimedFacts> = {
  id: 'change-is-not-overdue',
  severity: 'warning',
  summary: 'Changes whose planned time is over are not left scheduled or in implement',
  *check({ records, asOf }) {
    if (asOf === undefined) return
    for (const { id, file, data } of records.ofType('change')) {
      const state = textAt(data, 'state') ?? ''
      const cure = cures.get(state)
      const end = parseInstant(textAt(data, 'planned_end') ?? '')
      if (cure === undefined || end === undefined || end > asOf) continue
      yield {
        message: `${id} was to end by ${humanInstant(end)} UTC and is still in ${state}`,
        place: { file, route: ['planned_end'] },
        hint: cure.replace('%s', id).replace(/^./, (first) => first.toUpperCase()),
      }
    }
  },
}
