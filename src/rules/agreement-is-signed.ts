import { listAt, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'

/**
 * An agreement in force was agreed by somebody and will be looked at again.
 *
 * Targets that are only assumed promise nothing, and need neither. The step from draft to active asks for both; an
 * agreement that was born active may have skipped the negotiation.
 */
export const agreementIsSigned: Rule = {
  id: 'agreement-is-signed',
  severity: 'warning',
  summary: 'An active agreement names who signed it and when it is reviewed',
  local: true,
  *check({ records }) {
    for (const { id, file, data } of records.ofType('sla')) {
      if (data['state'] !== 'active' || data['assumed'] === true) continue
      const place = { file, route: ['state'] }
      const told: Finding[] = []
      if (listAt(data, 'signatories').length === 0) {
        const hint = 'Add signatories: [{ name, party, signed_on }], or leave it a draft until it is agreed'
        told.push({ message: `${id} is in force, but nobody has signed it`, place, hint })
      }
      if (textAt(data, 'review_on') === undefined) {
        const hint = 'Add review_on, the day on which both sides look at it again'
        told.push({ message: `${id} is in force, but nobody will look at it again`, place, hint })
      }
      yield* told
    }
  },
}
