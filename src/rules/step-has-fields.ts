import { transition } from '../core/lifecycle.ts'
import { textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { missingFields } from '../core/step-fields.ts'
import { stepsOf } from '../core/steps.ts'

/** A record carries what a step of its lifecycle asks for when it takes that step (`transitions[].requires`). */
export const stepHasFields: Rule = {
  id: 'step-has-fields',
  severity: 'error',
  summary: 'A record carries the fields that each of its steps requires',
  *check({ changes, rulebook }) {
    for (const change of changes) {
      if (change.kind === 'removed') continue
      const lifecycle = rulebook.types.get(change.after.type)?.lifecycle
      if (!lifecycle) continue
      let from = change.kind === 'edited' ? textAt(change.before.data, 'state') : undefined
      for (const step of stepsOf(change.kind === 'edited' ? change.before.data : undefined, change.after.data)) {
        const taken = from === undefined ? undefined : transition(lifecycle, from, step.state, change.after.data)
        const without = `${change.after.id} cannot go from ${from} to ${step.state} without`
        yield* missingFields(change.after, step, taken?.requires ?? [], without, rulebook)
        from = step.state
      }
    }
  },
}
