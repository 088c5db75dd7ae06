import { compare } from '../diagnostic.ts'
import { holm } from '../kpi-statistics.ts'
import { metricOf } from '../metric-catalogue.ts'
import { textAt, textsAt } from '../record.ts'
import type { KpiRow } from '../report-improvement.ts'
import { type RecordLink, recordLink } from '../report-page.ts'
import type { Basis } from './basis.ts'
import { binomialAtMost } from './binomial.ts'
import type { Commitment } from './commitments.ts'

/** Step 1: what should be measured. */
export interface Measure {
  readonly promised: readonly Commitment[]
  /** What is measured against without having been agreed. */
  readonly assumed: readonly Commitment[]
  /** What services say they are for, in the words of their owners. */
  readonly aims: readonly (RecordLink & { readonly objectives: readonly string[] })[]
  readonly indicators: readonly Indicator[]
}

/** An indicator of the organisation, with what a miss may be worth. */
export interface Indicator extends KpiRow {
  /**
   * Where it is a share that misses its target: how probable so bad a share is for somebody who reaches the target in
   * the long run (binomial test, one-sided, after Holm's correction); `null` otherwise.
   */
  readonly missP: number | null
}

/** Gathers objectives and indicators. */
export function measureOf(
  { facts }: Pick<Basis, 'facts'>,
  commitments: readonly Commitment[],
  indicators: readonly KpiRow[],
): Measure {
  return {
    promised: commitments.filter(({ assumed }) => !assumed),
    assumed: commitments.filter(({ assumed }) => assumed),
    aims: facts.services
      .filter(({ data }) => textsAt(data, 'objectives').length > 0 && textAt(data, 'state') !== 'retired')
      .toSorted((a, b) => compare(a.id, b.id))
      .map((service) => ({
        ...recordLink(facts, 'csi', service),
        objectives: textsAt(service.data, 'objectives'),
      })),
    indicators: withChance(indicators),
  }
}

function withChance(indicators: readonly KpiRow[]): readonly Indicator[] {
  const asked = indicators.filter((row) => row.reached === false && metricOf(row.from ?? '')?.unit === 'share')
  const corrected = holm(asked.map(missChance))
  return indicators.map((row) => ({ ...row, missP: corrected[asked.indexOf(row)] ?? null }))
}

function missChance({ figure, target, direction }: KpiRow): number {
  const [n, asked] = [figure?.n ?? 0, (target ?? 0) / 100]
  const count = Math.round(((figure?.value ?? 0) * n) / 100)
  return direction === 'up' ? binomialAtMost(count, n, asked) : binomialAtMost(n - count, n, 1 - asked)
}
