import { durationText, noData, percentText } from './kpi-figure.ts'
import { trendLength } from './kpi-incident.ts'
import { type Figure, type Metric, unitText } from './metric.ts'
import { metricOf } from './metric-catalogue.ts'
import { previousPeriods } from './period.ts'
import type { ReportFacts } from './report.ts'
import { metricFactsOf } from './report-improvement.ts'

/** A figure of the catalogue on a page: in the period, in the one before, and over the trend. Figures are texts. */
export interface MetricRow {
  readonly id: string
  readonly title: string
  readonly value: string
  /** `null` where it is no mean. */
  readonly median: string | null
  readonly p90: string | null
  readonly n: number
  readonly before: string
  readonly beforeN: number
  /** One value a period, this one last; `null` where there is no data. */
  readonly trend: readonly (number | null)[]
  readonly isShare: boolean
}

/** Figures of the catalogue over the period of a report. */
export function metricRows(facts: ReportFacts, ids: readonly string[]): readonly MetricRow[] {
  const measuring = metricFactsOf(facts)
  const earlier = previousPeriods(facts.period, facts.config.timezone, trendLength)
  return ids.flatMap((id): readonly MetricRow[] => {
    const metric = metricOf(id)
    if (!metric) return []
    const figures = [...earlier, facts.period].map((span) => metric.measure(measuring, { span, scope: {} }))
    const [before, now] = figures.slice(-2)
    if (!before || !now) return []
    return [
      {
        id,
        title: metric.title,
        value: figureText(metric, now.value, now),
        median: now.median === null ? null : figureText(metric, now.median, now),
        p90: now.p90 === null ? null : figureText(metric, now.p90, now),
        n: now.n,
        before: figureText(metric, before.value, before),
        beforeN: before.n,
        trend: figures.map(({ value }) => value),
        isShare: metric.unit === 'share',
      },
    ]
  })
}

/** One figure of the catalogue over the period of a report; `undefined` where the catalogue has none of that id. */
export function figureOf(facts: ReportFacts, id: string): Figure | undefined {
  return metricOf(id)?.measure(metricFactsOf(facts), { span: facts.period, scope: {} })
}

/** A value of a metric as text, in the unit that reads best; `no data` for `null`. */
export function figureText({ unit }: Pick<Metric, 'unit'>, value: number | null, { n }: Pick<Figure, 'n'>): string {
  if (value === null) return noData
  if (unit === 'time') return durationText(value * 3600)
  const number = String(Number(value.toFixed(2)))
  if (unit === 'frequency' || unit === 'points') return `${number} ${unitText[unit]}`
  if (unit !== 'share') return number
  const count = Math.round((value * n) / 100)
  const isOfN = Math.abs((100 * count) / n - value) < 1e-9
  return isOfN ? percentText({ count, n }) : `${number} %`
}
