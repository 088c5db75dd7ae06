import { isFilled } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { stepRoute } from '../core/step-fields.ts'
import { takenSteps } from '../core/taken-step.ts'

/** A change on hold goes nowhere but to cancelled: whoever lifts the hold says so before it moves on. */
export const heldChangeWaits: Rule = {
  id: 'held-change-waits',
  severity: 'error',
  summary: 'A change on hold takes no step but to cancelled',
  *check({ changes }) {
    for (const { record, from, step } of takenSteps(changes)) {
      const { type, id, file, data } = record
      if (type !== 'change' || from === undefined || step.state === 'cancelled' || !isFilled(data['on_hold'])) continue
      yield {
        message: `${id} is on hold and cannot go from ${from} to ${step.state}`,
        place: { file, route: stepRoute(step) },
        hint: 'Remove on_hold, or cancel the change',
      }
    }
  },
}
