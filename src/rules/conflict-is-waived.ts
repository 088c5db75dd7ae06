import { conflictFindings } from '../core/conflict-findings.ts'
import type { Rule } from '../core/rule.ts'

/**
 * A change is scheduled only into time that is its own: what it collides with is moved, or waived by somebody who may.
 *
 * It is asked where a change enters these states, or edits its time, items or people while it stands there. What does
 * not block is no finding; emergencies wait for nothing but a lockdown.
 */
export const conflictIsWaived: Rule = {
  id: 'conflict-is-waived',
  severity: 'error',
  summary: 'Changes are scheduled without conflicts, or with waivers that count',
  check: (facts) => conflictFindings(facts, { states: ['scheduled', 'implement'], passing: true }),
}
