import { humanInstant, parseDuration, type Seconds } from '../core/instant.ts'
import { type RecordDoc, textAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { stepRoute } from '../core/step-fields.ts'
import { takenSteps } from '../core/taken-step.ts'

/** How many seconds may pass between a deed and its commit although the record was written meanwhile. */
const leeway: Seconds = 900

/**
 * A step is not declared for a time at which the mainline still had the record in the state before.
 *
 * What was filed late can be told late: born with its steps, the record is marked as retrospective. Told step by step,
 * an earlier time only makes a response look quicker than it was. Agreements may allow more (`declared_tolerance`).
 */
export const stepNotBackdated: Rule = {
  id: 'step-not-backdated',
  severity: 'error',
  summary: 'No step is declared for a time at which the mainline had the record in another state',
  *check({ changes, records, recorded }) {
    if (!recorded) return
    const tolerance = Math.max(leeway, ...records.ofType('sla').map(toleranceOf))
    for (const { record, before, from, step } of takenSteps(changes)) {
      const last = recorded.get(`${record.type}/${record.id}`)?.last
      if (!before || from === undefined || step.declared === undefined || last === undefined) continue
      if (step.declared >= last - tolerance) continue
      yield {
        message: `${record.id} claims to have become ${step.state} at ${humanInstant(step.declared)} UTC, but at ${humanInstant(last)} UTC it was recorded as ${textAt(before, 'state')}`,
        place: { file: record.file, route: stepRoute(step) },
        hint: 'Give the entry the time at which it was written, and tell in its note when it was done',
      }
    }
  },
}

function toleranceOf({ data }: RecordDoc): Seconds {
  return data['state'] === 'active' ? (parseDuration(textAt(data, 'declared_tolerance') ?? '') ?? 0) : 0
}
