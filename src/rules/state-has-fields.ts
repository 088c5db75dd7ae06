import { requiredIn } from '../core/lifecycle.ts'
import { missingFieldHint } from '../core/missing-field-hint.ts'
import { routeText } from '../core/place.ts'
import { isFilled, textAt, valueAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'

/** A record standing in a state carries what its lifecycle asks for in that state (`states.<state>.requires`). */
export const stateHasFields: Rule = {
  id: 'state-has-fields',
  severity: 'error',
  summary: 'A record carries the fields that its state requires',
  local: true,
  *check({ records, rulebook }) {
    for (const record of records.all) {
      const { type, file, data, id } = record
      const name = textAt(data, 'state')
      const state = name === undefined ? undefined : rulebook.types.get(type)?.lifecycle?.states.get(name)
      for (const path of state ? requiredIn(state, data) : []) {
        const route = path.split('.')
        if (isFilled(valueAt(data, route))) continue
        yield {
          message: `${id} is ${name}, which requires ${routeText(route)}`,
          place: { file, route: ['state'] },
          hint: missingFieldHint(record, route, rulebook),
        }
      }
    }
  },
}
