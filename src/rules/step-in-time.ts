import { enteredAt } from '../core/entered-at.ts'
import { humanDuration, type Instant } from '../core/instant.ts'
import { transition } from '../core/lifecycle.ts'
import type { Rule } from '../core/rule.ts'
import { stepRoute } from '../core/step-fields.ts'
import type { Step } from '../core/steps.ts'
import { takenSteps } from '../core/taken-step.ts'

/**
 * A step is taken within the time that its lifecycle allows for it, and not before the time that it asks for
 * (`transitions[].within` and `after`).
 *
 * The time that counts is the one that the log declares, and never one after the record is judged. Where nothing says
 * when the record entered its state, nothing is said.
 */
export const stepInTime: Rule = {
  id: 'step-in-time',
  severity: 'error',
  summary: 'Steps are taken within the time that the lifecycle allows, and not before the time that it asks for',
  *check({ changes, rulebook, asOf }) {
    for (const { record, from, step } of takenSteps(changes)) {
      const lifecycle = rulebook.types.get(record.type)?.lifecycle
      const taken = lifecycle && from !== undefined && transition(lifecycle, from, step.state, record.data)
      if (!taken || (taken.within === undefined && taken.after === undefined)) continue
      const entered = enteredAt(record.data, taken.from, step.entry)
      const at = takenAt(step, asOf)
      if (entered === undefined || at === undefined) continue
      const [stood, place] = [at - entered, { file: record.file, route: stepRoute(step) }]
      const what = `${record.id} cannot go from ${from} to ${step.state}`
      if (taken.within !== undefined && stood > taken.within) {
        yield {
          message: `${what} more than ${humanDuration(taken.within)} after it became ${from}`,
          place,
          hint: `Write a new ${record.type} that refers to this one`,
        }
      }
      if (taken.after !== undefined && stood < taken.after) {
        yield {
          message: `${what} less than ${humanDuration(taken.after)} after it became ${from}`,
          place,
          hint: 'Wait until then',
        }
      }
    }
  },
}

/** When the step counts as taken: as declared, but never later than now, else now. */
function takenAt({ declared }: Step, asOf: Instant | undefined): Instant | undefined {
  if (declared === undefined || asOf === undefined) return declared ?? asOf
  return Math.min(declared, asOf)
}
