import type { BreakdownKey } from './breakdown.ts'
import type { Calendar } from './calendar.ts'
import type { ClockedRecord } from './clock-event.ts'
import type { Instant, Seconds } from './instant.ts'
import type { Kpi } from './kpi.ts'
import { type Share, spreadOf } from './kpi-figure.ts'
import type { MetricSettings } from './metric-settings.ts'
import type { RecordDoc } from './record.ts'
import type { IncidentFacts, RecordFacts } from './report.ts'
import type { TimeSpan } from './time-span.ts'

/** What figures rest on: the lives of records as of an instant. */
export interface MetricFacts {
  /** When the mainline begins: nothing is known of the time before. */
  readonly since: Instant
  /** What was recorded later plays no part. */
  readonly asOf: Instant
  readonly incidents: readonly IncidentFacts[]
  /** The records besides incidents that clocks ran on. */
  readonly clocked: readonly RecordFacts[]
  /** The lives of all records that have states; what they learnt after the as-of instant is passed over. */
  readonly records: readonly ClockedRecord[]
  readonly services: readonly RecordDoc[]
  /** What the organisation settled where definitions leave a choice. */
  readonly settings: MetricSettings
  /** The hours of the organisation, for times in business hours; around the clock when absent. */
  readonly calendar?: Calendar
}

/** What a figure can be restricted to, and broken down by. */
export const scopeKeys = ['service', 'team', 'priority', 'ci'] as const

/** One of `scopeKeys`. */
export type ScopeKey = (typeof scopeKeys)[number]

/** What a figure is restricted to; a key left out takes all. */
export type Scope = { readonly [key in ScopeKey]?: string }

/** What is asked of a metric. */
export interface Asked {
  readonly span: TimeSpan
  readonly scope: Scope
  /** The hours that count, for the metrics that rest on some; see `Metric.hours`. */
  readonly calendar?: Calendar
}

/**
 * A figure with its population. `value` is `null` where there is no data. `median` and `p90` go with a mean: they are
 * `null` for counts, shares and sums.
 */
export interface Figure {
  readonly value: number | null
  readonly n: number
  readonly median: number | null
  readonly p90: number | null
  /** Why there is no value, where that is not for want of data. */
  readonly refused?: string
}

/** An entry of the catalogue: what is measured, in words and as a function. */
export interface Metric extends Kpi {
  /** What it can be restricted to and broken down by. */
  readonly scopes: readonly ScopeKey[]
  /** Whether it says something of one service only: without one it refuses, because services must not be blended. */
  readonly perService?: boolean
  /** Whether a calendar plays a part: that of the KPI, else what the formula says. */
  readonly hours?: boolean
  /** A pure function: the same facts give the same figure. */
  measure(facts: MetricFacts, asked: Asked): Figure
}

/** How the units of the catalogue are written. */
export const unitText: { readonly [unit in Kpi['unit']]: string } = {
  count: '#',
  share: '%',
  time: 'h',
  score: '1–5',
  ratio: 'ratio',
  points: 'points',
  frequency: 'per week',
}

/** Which way is better, in words. */
export const betterText: { readonly [way in Kpi['better']]: string } = {
  up: 'more is better',
  down: 'less is better',
  none: 'neither way is better',
}

/** What a figure can be broken down by; one of a single service not by month, because it has no whole. */
export function breakdownsOf({ scopes, perService }: Metric): readonly BreakdownKey[] {
  return perService ? scopes : [...scopes, 'month']
}

/** Nothing to make a figure from. */
export const nothing: Figure = { value: null, n: 0, median: null, p90: null }

/** A count; none is a figure, too. */
export function countFigure(count: number): Figure {
  return { value: count, n: count, median: null, p90: null }
}

/** A share in percent. */
export function shareFigure({ count, n }: Share): Figure {
  return n === 0 ? nothing : { value: (100 * count) / n, n, median: null, p90: null }
}

/** Lengths of time as mean, median and 90th percentile in hours. */
export function timeFigure(lengths: readonly Seconds[]): Figure {
  return spreadFigure(lengths.map((length) => length / 3600))
}

/** Values as mean, median and 90th percentile. */
export function spreadFigure(values: readonly number[]): Figure {
  const { n, mean, median, p90 } = spreadOf(values)
  return { value: mean, n, median, p90 }
}

/** How many of how many a figure in percent tells. */
export function shareIn({ value, n }: Figure): Share {
  return { count: Math.round(((value ?? 0) * n) / 100), n }
}
