import type { Calendar } from './calendar.ts'
import type { ClockedRecord } from './clock-event.ts'
import type { Instant, Seconds } from './instant.ts'
import type { Kpi } from './kpi.ts'
import { type Share, spreadOf } from './kpi-figure.ts'
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
  /** The lives of all records that have states. */
  readonly records: readonly ClockedRecord[]
  readonly changes: readonly ClockedRecord[]
  readonly improvements: readonly ClockedRecord[]
  readonly services: readonly RecordDoc[]
}

/** What a figure can be restricted to, and broken down by. */
export const scopeKeys = ['service', 'team', 'priority'] as const

/** One of `scopeKeys`. */
export type ScopeKey = (typeof scopeKeys)[number]

/** What a figure is restricted to; a key left out takes all. */
export type Scope = { readonly [key in ScopeKey]?: string }

/** What is asked of a metric. */
export interface Asked {
  readonly span: TimeSpan
  readonly scope: Scope
  /** The agreed service time, for the metrics that rest on one; around the clock when left out. */
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
}

/** An entry of the catalogue: what is measured, in words and as a function. */
export interface Metric extends Omit<Kpi, 'id'> {
  readonly id: string
  /** What it can be restricted to and broken down by. */
  readonly scopes: readonly ScopeKey[]
  /** Whether a calendar of agreed service time plays a part. */
  readonly hours?: boolean
  /** A pure function: the same facts give the same figure. */
  measure(facts: MetricFacts, asked: Asked): Figure
}

/** How the units of the catalogue are written. */
export const unitText: { readonly [unit in Kpi['unit']]: string } = { count: '#', share: '%', time: 'h', score: '1–5' }

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
