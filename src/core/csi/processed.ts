import { significance } from '../kpi-comparison.ts'
import { percentText } from '../kpi-figure.ts'
import { fewestForLimits, fewestToRank } from '../kpi-statistics.ts'
import { type KpiTable, kpiTable } from '../kpi-table.ts'
import { type TrendTable, trendTable } from '../report-trend.ts'
import type { Basis } from './basis.ts'

/** A figure beside those of the earlier periods. */
export type Figure = (KpiTable['counts'] | KpiTable['shares'] | KpiTable['times'])[number]

/** Step 4: the figures of the period and their trend, and which of them have changed. */
export interface Processed {
  readonly previous: string
  readonly previousCovered: boolean
  readonly table: KpiTable
  readonly trend: TrendTable
  /** Figures that have changed by more than chance brings. */
  readonly changed: readonly Figure[]
  readonly better: readonly Figure[]
  readonly worse: readonly Figure[]
  readonly tested: number
  readonly untested: number
  /** The tests in words: below which probability, and from how much on. */
  readonly significance: string
  readonly fewestForLimits: number
  readonly fewestToRank: number
  /** Periods of the trend that the figures are compared with. */
  readonly earlier: number
}

/** Puts the figures of incidents into tables, and compares them with the earlier periods. */
export function processedOf({ facts, trend, before, earlier, incidentTargets }: Basis): Processed {
  const table = kpiTable(
    trend,
    incidentTargets.filter(({ kind }) => kind === 'sla'),
  )
  const rows: readonly Figure[] = [...table.counts, ...table.shares, ...table.times]
  const verdictIs =
    (...verdicts: readonly string[]) =>
    ({ comparison }: Figure): boolean =>
      verdicts.includes(comparison.verdict)
  return {
    previous: before.period.title,
    previousCovered: before.coverage === 'whole',
    table,
    trend: trendTable(trend, incidentTargets, facts.since),
    changed: rows.filter((row) => !verdictIs('same', 'untested')(row)),
    better: rows.filter(verdictIs('better')),
    worse: rows.filter(verdictIs('worse')),
    tested: rows.filter((row) => !verdictIs('untested')(row)).length,
    untested: rows.filter(verdictIs('untested')).length,
    significance: percentText({ count: significance * 1000, n: 1000 }),
    fewestForLimits,
    fewestToRank,
    earlier: earlier.length,
  }
}
