import { birth } from '../core/lifecycle.ts'
import { meets, whenText } from '../core/lifecycle-when.ts'
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
      const [first] = stepsOf(undefined, data)
      if (!lifecycle || !first) continue
      const initial = birth(lifecycle, first.state, data)
      if (initial) {
        const without = `${id} cannot be born ${first.state} without`
        yield* missingFields(change.after, first, initial.requires, without, rulebook)
        continue
      }
      const open = lifecycle.initial.filter(({ when }) => meets(when, data))
      const allowed = [...new Set(open.map(({ state }) => state))].join(', ')
      const conditions = lifecycle.initial
        .filter(({ state }) => state === first.state)
        .map(({ when }) => whenText(when))
      yield {
        message: `${id} cannot be born ${first.state}${conditions.length === 0 ? '' : `: that needs ${conditions.join('; or ')}`}`,
        place: { file, route: stepRoute(first) },
        hint: `A new ${type} starts as ${allowed}; name later steps in log`,
      }
    }
  },
}
