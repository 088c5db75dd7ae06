import type { Decision } from '../approval/decide.ts'
import type { Judgement } from '../judgement.ts'
import { highestOf } from '../risk-level.ts'

/**
 * The labels that a pull request bears by what the gate found: where it stands, and the risk of the changes that it
 * brings.
 */
export function labelsOf({ gate }: Judgement): readonly string[] {
  if (!gate) return []
  const standing = { fail: ['gitsm:refused'], pending: ['gitsm:awaiting-cab'], pass: passing(gate.decisions) }
  const levels = gate.assessments.map(({ risk }) => risk.level)
  return [...standing[gate.verdict], ...(levels.length === 0 ? [] : [`gitsm:risk-${highestOf(levels)}`])]
}

/** What passes before its approval is not approved. */
function passing(decisions: readonly Decision[]): readonly string[] {
  if (decisions.some(({ met }) => !met)) return ['gitsm:approval-to-follow']
  return decisions.some(({ demand }) => demand.rule?.require.kind !== 'none') ? ['gitsm:approved'] : []
}
