import type { Rule } from '../core/rule.ts'
import { missingFields, stepRoute } from '../core/step-fields.ts'
import { stepsOf } from '../core/steps.ts'

/**
 * A record is born in a state that its lifecycle lists as initial.
 *
 * Born further on, it would never have been assessed, authorised or timed by anyone.
 */
export const birthAllowed: Rule = {
  id: 'birth-allowed',
  severity: 'error',
  summary: 'Records are born in an initial state, with the fields that birth requires',
  *check({ changes, rulebook }) {
    for (const change of changes) {
      if (change.kind !== 'added') continue
      const { type, id, file, data } = change.after
      const lifecycle = rulebook.types.get(type)?.lifecycle
      const [birth] = stepsOf(undefined, data)
      if (!lifecycle || !birth) continue
      const initial = lifecycle.initial.find(({ state }) => state === birth.state)
      if (initial) {
        yield* missingFields(change.after, birth, initial.requires, `${id} cannot be born ${birth.state} without`)
        continue
      }
      const allowed = lifecycle.initial.map(({ state }) => state).join(', ')
      yield {
        message: `${id} cannot be born ${birth.state}`,
        place: { file, route: stepRoute(birth) },
        hint: `A new ${type} starts as ${allowed}; name later steps in log`,
      }
    }
  },
}
