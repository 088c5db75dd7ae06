import type { Judgement } from '../judgement.ts'
import { highestOf } from '../risk-level.ts'

/** The labels that a pull request bears by what the gate found: where it stands, and the risk of the changes that it brings. */
export function labelsOf({ gate }: Judgement): readonly string[] {
  if (!gate) return []
  const asked = gate.decisions.some(({ demand }) => demand.rule?.require.kind !== 'none')
  const standing = { fail: ['gitsm:refused'], pending: ['gitsm:awaiting-cab'], pass: asked ? ['gitsm:approved'] : [] }
  const levels = gate.assessments.map(({ risk }) => risk.level)
  return [...standing[gate.verdict], ...(levels.length === 0 ? [] : [`gitsm:risk-${highestOf(levels)}`])]
}
