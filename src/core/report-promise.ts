import { type ErrorBudget, errorBudget } from './error-budget.ts'
import { answers, type Comparison, compareShares } from './kpi-comparison.ts'
import type { Share } from './kpi-figure.ts'
import { trendLength } from './kpi-incident.ts'
import { reaches, type TargetClocks, tallyClocks } from './kpi-sla.ts'
import { type Period, previousPeriods } from './period.ts'
import type { ReportFacts } from './report.ts'
import { words } from './report-page.ts'
import { type TallyLine, tallyLine } from './report-tally.ts'

/** One target of one agreement in one period of a trend. */
export interface PromisePoint {
  readonly id: string
  readonly partial: boolean
  readonly running: boolean
  readonly compliance: Share
}

/** One target of one agreement: what was promised, what was kept, and how it was before. */
export interface PromiseLine extends TallyLine {
  readonly sla: string
  readonly title: string
  readonly kind: TargetClocks['kind']
  readonly target: string
  /** Percent of clocks to be met; `null` where none was agreed. */
  readonly objective: number | null
  readonly assumed: boolean
  /** `null` without an objective or without data. */
  readonly reached: boolean | null
  /** Of the period. */
  readonly budget: ErrorBudget | null
  /** Of the whole trend, this period included: months with few clocks forgive nothing by themselves. */
  readonly longBudget: ErrorBudget | null
  readonly comparison: Comparison
  /** The last periods, oldest first, this one last; those before the history begins are left out. */
  readonly points: readonly PromisePoint[]
  /** Their compliance in percent; `null` where there is no data. */
  readonly series: readonly (number | null)[]
  readonly clocks: TargetClocks['clocks']
}

/** The periods of a trend that the history knows something of, oldest first, the report's own last. */
export function knownPeriods({
  period,
  config,
  since,
}: Pick<ReportFacts, 'period' | 'config' | 'since'>): readonly Period[] {
  return [...previousPeriods(period, config.timezone, trendLength), period].filter(({ until }) => until > since)
}

/** Every target with what became of it; the comparisons with earlier periods are put together (Holm). */
export function promiseLines(
  facts: Pick<ReportFacts, 'period' | 'config' | 'since' | 'asOf'>,
  targets: readonly TargetClocks[],
): readonly PromiseLine[] {
  const periods = knownPeriods(facts)
  const earlier = periods.slice(0, -1).filter(({ from }) => from >= facts.since)
  const told = targets.map((target) => {
    const line = tallyLine(target.target, target.clocks, facts.period)
    const points = periods.map((period) => ({
      id: period.id,
      partial: period.from < facts.since,
      running: facts.asOf < period.until,
      compliance: tallyClocks(target.clocks, period).compliance,
    }))
    const before = sum(earlier.map((period) => tallyClocks(target.clocks, period).compliance))
    return { target, line, points, before }
  })
  const comparisons = answers(
    told.map(({ line, before }) => compareShares(line.compliance, earlier.length === 0 ? null : before, 'up')),
  )
  return told.map(({ target, line, points }, index) => {
    const { objective } = target
    return {
      ...target,
      ...line,
      target: words(target.target),
      points,
      series: points.map(({ compliance: { count, n } }) => (n === 0 ? null : (100 * count) / n)),
      reached: reaches(line.compliance, objective),
      budget: errorBudget(line.compliance, objective),
      longBudget: errorBudget(sum(points.map(({ compliance }) => compliance)), objective),
      comparison: comparisons[index] ?? untested,
    }
  })
}

const untested: Comparison = {
  test: 'fisher',
  verdict: 'untested',
  because: 'no earlier period',
  p: null,
  limits: null,
}

/** Shares taken together. */
export function sum(shares: readonly Share[]): Share {
  return shares.reduce((all, { count, n }) => ({ count: all.count + count, n: all.n + n }), { count: 0, n: 0 })
}
