import type { BreakdownKey } from './breakdown.ts'
import { compare } from './diagnostic.ts'
import { isGap, type KpiFacts, measureKpi, reachesTarget } from './kpi-record.ts'
import { breakdownsOf, type Figure, type Metric, type MetricFacts, type ScopeKey, unitText } from './metric.ts'
import { metricOf } from './metric-catalogue.ts'
import { valuesIn } from './metric-population.ts'
import { periodAt } from './period.ts'
import { type RecordDoc, textAt } from './record.ts'
import { overlap, type TimeSpan } from './time-span.ts'

/** The part of a figure that belongs to one service, team, priority or month. */
export interface Part {
  readonly of: string
  readonly figure: Figure
}

/** A figure of the catalogue over a period. */
export interface MetricLine {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly figure: Figure
  /** Absent where no breakdown was asked for, or the figure cannot be broken down so. */
  readonly parts?: readonly Part[]
}

/** A KPI of the organisation over a period: its figure against its target, or the reason why there is none. */
export interface KpiLine {
  readonly id: string
  readonly title: string
  readonly unit: string
  /** The formula or measurement that it is taken from; `null` for a gap. */
  readonly from: string | null
  readonly target: number | null
  readonly figure: Figure | null
  /** Why it cannot be measured; `null` where it can. */
  readonly gap: string | null
  /** Whether the target is reached; `null` without a target or without data. */
  readonly reached: boolean | null
  readonly parts?: readonly Part[]
}

/** The figures of the catalogue over a period, in the order given. */
export function metricLines(
  metrics: readonly Metric[],
  facts: MetricFacts,
  span: TimeSpan,
  zone: string,
  by?: BreakdownKey,
): readonly MetricLine[] {
  const values = by === undefined || by === 'month' ? [] : valuesOf(by, facts)
  return metrics.map((metric) => {
    const parts = by && metricParts(metric, facts, span, zone, by, values)
    return {
      id: metric.id,
      title: metric.title,
      unit: unitText[metric.unit],
      figure: metric.measure(facts, { span, scope: {} }),
      ...(parts && { parts }),
    }
  })
}

function metricParts(
  metric: Metric,
  facts: MetricFacts,
  span: TimeSpan,
  zone: string,
  by: BreakdownKey,
  values: readonly string[],
): readonly Part[] | undefined {
  if (!breakdownsOf(metric).includes(by)) return undefined
  if (by === 'month') {
    return monthsOf(span, zone).map(({ id, within }) => ({
      of: id,
      figure: metric.measure(facts, { span: within, scope: {} }),
    }))
  }
  return values
    .map((of) => ({ of, figure: metric.measure(facts, { span, scope: { [by]: of } }) }))
    .filter(({ figure }) => figure.n > 0)
}

/** The services, teams, priorities or items that anything ever belonged to, in alphabetical order. */
function valuesOf(by: ScopeKey, facts: MetricFacts): readonly string[] {
  const standing = by === 'service' ? facts.services.map(({ id }) => id) : []
  const lived = [...facts.records, ...facts.incidents].flatMap(({ moments }) => moments)
  const clocks = by === 'priority' ? [...facts.incidents, ...facts.clocked].flatMap(({ readings }) => readings) : []
  const named = new Set(standing)
  for (const { data, recorded } of lived) {
    if (recorded > facts.asOf) continue
    for (const value of valuesIn(by, data)) named.add(value)
  }
  for (const { priority } of clocks) named.add(priority)
  return [...named].sort(compare)
}

/** The months that a stretch of time touches, each cut to it. */
export function monthsOf(span: TimeSpan, zone: string): readonly { readonly id: string; readonly within: TimeSpan }[] {
  const months: { id: string; within: TimeSpan }[] = []
  for (let month = periodAt('month', span.from, zone); month.from < span.until; ) {
    const within = overlap(month, span)
    if (within) months.push({ id: month.id, within })
    month = periodAt('month', month.until, zone)
  }
  return months
}

/**
 * The KPIs of the organisation over a period, in order of id; broken down by month only, because each has its scope.
 */
export function kpiLines(
  kpis: readonly RecordDoc[],
  facts: KpiFacts,
  span: TimeSpan,
  zone: string,
  by?: BreakdownKey,
): readonly KpiLine[] {
  return kpis
    .toSorted((a, b) => compare(a.id, b.id))
    .map((kpi) => {
      const measured = measureKpi(kpi, facts, span)
      const figure = 'figure' in measured ? measured.figure : null
      const { target } = kpi.data
      const line = {
        id: kpi.id,
        title: textAt(kpi.data, 'title') ?? '',
        unit: textAt(kpi.data, 'unit') ?? '',
        from: sourceOf(kpi),
        target: typeof target === 'number' ? target : null,
        figure,
        gap: 'gap' in measured ? measured.gap : null,
        reached: reachesTarget(kpi, figure?.value ?? null),
      }
      if (by !== 'month' || isGap(kpi)) return line
      const parts = monthsOf(span, zone).flatMap(({ id, within }): readonly Part[] => {
        const part = measureKpi(kpi, facts, within)
        return 'figure' in part ? [{ of: id, figure: part.figure }] : []
      })
      return { ...line, parts }
    })
}

/** What a KPI is taken from, in words: `mttr`, `p90 of checkout-response-time`. */
export function sourceOf({ data }: Pick<RecordDoc, 'data'>): string | null {
  const formula = textAt(data, 'formula')
  if (formula !== undefined) return metricOf(formula)?.id ?? formula
  const measurement = textAt(data, 'measurement')
  if (measurement === undefined) return null
  const column = textAt(data, 'column')
  return `${textAt(data, 'aggregation') ?? 'mean'} of ${measurement}${column === undefined ? '' : `, ${column}`}`
}
