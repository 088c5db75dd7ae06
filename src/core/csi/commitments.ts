import { significance } from '../kpi-comparison.ts'
import { holm } from '../kpi-statistics.ts'
import { type Objective, objectiveOf } from '../report-finding.ts'
import { words } from '../report-page.ts'
import type { Basis } from './basis.ts'
import { binomialAtMost } from './binomial.ts'

/** An objective of an agreement with what was reached, and what its miss may be worth. */
export interface Commitment extends Objective {
  /** How many more clocks would have had to be met; 0 where it was reached or nothing was asked. */
  readonly short: number
  /**
   * How probable so few met clocks are for somebody who meets just as many as the objective asks in the long run
   * (binomial test, one-sided, after Holm's correction over all objectives with data); `null` without an objective or
   * without data.
   */
  readonly p: number | null
  /** Whether it was missed by more than chance brings. */
  readonly beyondChance: boolean
}

/** The objectives of all agreements that had clocks, in the order of the agreements. */
export function commitmentsOf({ facts, targets }: Pick<Basis, 'facts' | 'targets'>): readonly Commitment[] {
  const objectives = targets.map((target) => objectiveOf(facts, target))
  const asked = objectives.filter(isAnswerable)
  const corrected = holm(
    asked.map(({ objective, compliance: { count, n } }) => binomialAtMost(count, n, (objective ?? 0) / 100)),
  )
  return objectives.map((objective) => {
    const p = corrected[asked.indexOf(objective)] ?? null
    return {
      ...objective,
      target: words(objective.target),
      short: shortOf(objective),
      p,
      beyondChance: objective.reached === false && p !== null && p < significance,
    }
  })
}

function isAnswerable({ objective, compliance }: Objective): boolean {
  return objective !== null && compliance.n > 0
}

function shortOf({ objective, reached, compliance: { count, n } }: Objective): number {
  return objective !== null && reached === false ? Math.ceil((objective * n) / 100 - 1e-9) - count : 0
}
