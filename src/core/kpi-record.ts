import type { Calendar } from './calendar.ts'
import { type Asked, type Figure, type MetricFacts, nothing, type Scope, scopeKeys, spreadFigure } from './metric.ts'
import { metricOf } from './metric-catalogue.ts'
import { type Data, isData, type RecordDoc, textAt } from './record.ts'
import { mainColumn, type Series, valuesWithin } from './series.ts'
import type { TimeSpan } from './time-span.ts'

/** What KPI records are measured from. */
export interface KpiFacts {
  /** Absent where nothing of the history is known. */
  readonly history?: MetricFacts
  /** By id of the measurement. */
  readonly series: ReadonlyMap<string, Series>
  /** By id. */
  readonly calendars: ReadonlyMap<string, Calendar>
}

/** The figure of a KPI, or the reason why there can be none: a gap. */
export type Measured = { readonly figure: Figure } | { readonly gap: string }

/** Whether a KPI cannot be measured yet, because it names nothing that it could be taken from. */
export function isGap({ data }: Pick<RecordDoc, 'data'>): boolean {
  return textAt(data, 'formula') === undefined && textAt(data, 'measurement') === undefined
}

/** Measures a KPI over a stretch of time. */
export function measureKpi({ data }: Pick<RecordDoc, 'data'>, facts: KpiFacts, span: TimeSpan): Measured {
  const calendarId = textAt(data, 'calendar')
  const calendar = calendarId === undefined ? undefined : facts.calendars.get(calendarId)
  if (calendarId !== undefined && !calendar) return { gap: `the calendar ${calendarId} cannot be read` }
  const formula = textAt(data, 'formula')
  if (formula !== undefined) {
    const metric = metricOf(formula)
    if (!metric) return { gap: `the catalogue has no formula ${formula}` }
    if (!facts.history) return { gap: 'there is no history to compute it from' }
    const asked: Asked = { span, scope: scopeOf(data), ...(calendar && { calendar }) }
    const figure = metric.measure(facts.history, asked)
    return figure.refused === undefined ? { figure } : { gap: `${formula} is a figure of one service: add scope` }
  }
  const measurement = textAt(data, 'measurement')
  if (measurement === undefined) return { gap: 'it names neither a formula nor a measurement' }
  const series = facts.series.get(measurement)
  if (!series) return { gap: `there are no values of ${measurement}` }
  const column = textAt(data, 'column') ?? mainColumn
  if (!series.columns.includes(column)) return { gap: `${measurement} has no column ${column}` }
  return { figure: aggregate(textAt(data, 'aggregation') ?? 'mean', valuesWithin(series, column, span, calendar)) }
}

function scopeOf(data: Data): Scope {
  const scope = isData(data['scope']) ? data['scope'] : {}
  return Object.fromEntries(
    scopeKeys.flatMap((key) => {
      const value = textAt(scope, key)
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

/** One figure from the values of a period; percentiles by nearest rank, so that the value did occur. */
function aggregate(aggregation: string, values: readonly number[]): Figure {
  const spread = spreadFigure(values)
  if (spread.n === 0) return nothing
  const sorted = values.toSorted((a, b) => a - b)
  const rank = (percent: number): number => sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0
  const picked: { readonly [name: string]: number | null } = {
    mean: spread.value,
    median: spread.median,
    p90: spread.p90,
    p95: rank(95),
    max: sorted.at(-1) ?? 0,
    min: sorted[0] ?? 0,
    sum: values.reduce((sum, value) => sum + value, 0),
  }
  return { ...spread, value: picked[aggregation] ?? null }
}

/** Whether a figure reaches the target of a KPI; `null` without a target or without data. */
export function reachesTarget({ data }: Pick<RecordDoc, 'data'>, value: number | null): boolean | null {
  const target = data['target']
  return typeof target !== 'number' || value === null ? null : !isWorse(data, value, target)
}

/** Whether a value is worse than another, by the direction of a KPI. */
export function isWorse(kpi: Data, value: number, other: number): boolean {
  return kpi['direction'] === 'up' ? value < other : value > other
}
