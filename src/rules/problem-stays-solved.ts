import type { RecordIndex } from '../core/facts.ts'
import { parseInstant } from '../core/instant.ts'
import { type RecordDoc, textAt, textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { stepRoute } from '../core/step-fields.ts'
import { takenSteps } from '../core/taken-step.ts'

/**
 * A fixed problem closes only when none of its incidents came after the fix.
 *
 * The verification is a claim; the incidents are the evidence.
 */
export const problemStaysSolved: Rule = {
  id: 'problem-stays-solved',
  severity: 'error',
  summary: 'A fixed problem closes only when no incident of it came after the fix',
  *check({ changes, records }) {
    for (const { record, step } of takenSteps(changes)) {
      const { type, id, file, data } = record
      const resolved = parseInstant(textAt(data, 'resolved_at') ?? '')
      const fixed = type === 'problem' && step.state === 'closed' && data['resolution_code'] === 'fix_applied'
      if (!fixed || resolved === undefined) continue
      for (const incident of incidentsOf(record, records)) {
        const opened = parseInstant(textAt(incident.data, 'opened_at') ?? '')
        if (opened === undefined || opened < resolved || incident.data['state'] === 'cancelled') continue
        yield {
          message: `${id} cannot be closed: ${incident.id} came after the fix`,
          place: { file, route: stepRoute(step) },
          hint: 'Analyse it again, or take the incident out if it has another cause',
          related: [
            { place: { file: incident.file, route: ['opened_at'] }, message: `${incident.id} was opened here` },
          ],
        }
      }
    }
  },
}

function incidentsOf({ id, data }: RecordDoc, records: RecordIndex): readonly RecordDoc[] {
  const named = new Set(textsAt(data, 'incidents'))
  return records.ofType('incident').filter((incident) => named.has(incident.id) || incident.data['problem'] === id)
}
