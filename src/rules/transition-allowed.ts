import { next, transition } from '../core/lifecycle.ts'
import { whenText } from '../core/lifecycle-when.ts'
import { textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { stepRoute } from '../core/step-fields.ts'
import { stepsOf } from '../core/steps.ts'

/**
 * A record moves only along the steps of its lifecycle.
 *
 * Skipping a state hides work from everyone who reads the history: an incident that jumps from `new` to `closed` never
 * shows who resolved it. Several steps in one pull request are each named in `log`, and each must be legal.
 */
export const transitionAllowed: Rule = {
  id: 'transition-allowed',
  severity: 'error',
  summary: 'State changes follow the lifecycle, step by step',
  *check({ changes, rulebook }) {
    for (const change of changes) {
      if (change.kind === 'removed') continue
      const { type, id, file, data } = change.after
      const lifecycle = rulebook.types.get(type)?.lifecycle
      if (!lifecycle) continue
      const steps = stepsOf(change.kind === 'edited' ? change.before.data : undefined, data)
      const path = change.kind === 'edited' ? steps : steps.slice(1)
      let from = change.kind === 'edited' ? textAt(change.before.data, 'state') : steps[0]?.state
      for (const step of path) {
        if (from !== undefined && !transition(lifecycle, from, step.state, data)) {
          const ways = next(lifecycle, from, data)
          const closed = lifecycle.transitions.filter((each) => each.from === from && each.to === step.state)
          const conditions = closed.map(({ when }) => whenText(when))
          yield {
            message: `${id} cannot go from ${from} to ${step.state}${conditions.length === 0 ? '' : `: that needs ${conditions.join('; or ')}`}`,
            place: { file, route: stepRoute(step) },
            hint:
              ways.length > 0
                ? `From ${from} it can go to ${ways.join(', ')}`
                : lifecycle.states.get(from)?.final
                  ? `${from} is final`
                  : `Nothing leads on from ${from} as the record stands`,
          }
        }
        from = step.state
      }
    }
  },
}
