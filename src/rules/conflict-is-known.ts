import { conflictFindings } from '../core/conflict-findings.ts'
import type { Rule } from '../core/rule.ts'

/** Who assesses or authorises a change is told of the conflicts that will keep it from being scheduled. */
export const conflictIsKnown: Rule = {
  id: 'conflict-is-known',
  severity: 'warning',
  summary: 'Conflicts of changes that are being assessed or authorised are told',
  check: (facts) => conflictFindings(facts, { states: ['assess', 'authorize'], passing: false }),
}
