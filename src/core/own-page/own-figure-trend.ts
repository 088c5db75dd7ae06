import { compareCount, compareShares, type Question } from '../kpi-comparison.ts'
import type { Share } from '../kpi-figure.ts'
import { type Figure, shareIn } from '../metric.ts'
import { type Period, previousPeriods } from '../period.ts'
import type { ReportFacts } from '../report.ts'
import type { OwnPage } from './own-page.ts'

/** A figure over one period of a trend. */
interface TrendFigure {
  readonly id: string
  readonly value: number | null
  readonly n: number
}

/** Whether a figure is a share in percent of something, or an amount: a count, a time, a rate. */
export type Kind = 'share' | 'amount'

/** A figure over the trend of a page. */
export interface OverTime {
  readonly better: 'up' | 'down' | 'none'
  /** Oldest first; the last is this period. Periods before the history began are left out. */
  readonly trend: readonly TrendFigure[]
  readonly values: readonly (number | null)[]
  /** For a share of items: that of the earlier periods taken together, which Fisher's exact test compares with. */
  readonly earlier: { readonly value: number; readonly n: number } | null
  readonly question: Question
}

/**
 * A figure over the periods of a page, and the question whether it changed: a share of items by Fisher's exact test
 * against the earlier periods taken together, anything else by their natural limits. Periods that the history does not
 * cover in full are not compared with.
 */
export function overTime(
  facts: Pick<ReportFacts, 'period' | 'since' | 'asOf' | 'config'>,
  { trend: length }: Pick<OwnPage, 'trend'>,
  kind: Kind,
  better: OverTime['better'],
  figureIn: (period: Period) => Figure,
): OverTime {
  const { period, since, asOf, config } = facts
  const before = previousPeriods(period, config.timezone, length - 1).filter(({ until }) => until > since)
  const figures = [...before, period].map((each) => ({ each, figure: figureIn(each) }))
  const trend = figures.map(({ each: { id }, figure: { value, n } }) => ({ id, value, n }))
  const whole = figures.slice(0, -1).flatMap(({ each, figure }) => (each.from >= since ? [figure] : []))
  const now = figures.at(-1)?.figure
  const told = { better, trend, values: trend.map(({ value }) => value) }
  if (now && kind === 'share' && [now, ...whole].every(isOfItems)) {
    const together = whole.map(shareIn).reduce(added, { count: 0, n: 0 })
    const question = compareShares(shareIn(now), whole.length === 0 ? null : together, better)
    const { count, n } = together
    return { ...told, earlier: n === 0 ? null : { value: (100 * count) / n, n }, question }
  }
  const known = whole.flatMap(({ value }) => (value === null ? [] : [value]))
  const question = compareCount(asOf >= period.until ? (now?.value ?? null) : null, known, better)
  return { ...told, earlier: null, question: kind === 'share' ? withinShares(question) : question }
}

function added(sum: Share, { count, n }: Share): Share {
  return { count: sum.count + count, n: sum.n + n }
}

/** Whether a share is one of n items. That of a length of time, such as availability, is not: its n counts services. */
function isOfItems({ value, n }: Figure): boolean {
  const count = ((value ?? 0) * n) / 100
  return Math.abs(count - Math.round(count)) < 1e-6
}

/** No share is above 100 %, whatever the natural limits allow. */
function withinShares(question: Question): Question {
  const { limits } = question.comparison
  if (!limits) return question
  return {
    ...question,
    comparison: { ...question.comparison, limits: { ...limits, high: Math.min(100, limits.high) } },
  }
}
