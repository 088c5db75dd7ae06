import { type Config, metricSettings } from './config.ts'
import { compare } from './diagnostic.ts'
import { periodOf } from './improvement-proof.ts'
import { type Instant, parseInstant } from './instant.ts'
import { trendLength } from './kpi-incident.ts'
import { isGap, type KpiFacts, measureKpi } from './kpi-record.ts'
import type { Figure, MetricFacts } from './metric.ts'
import { type KpiLine, kpiLines } from './metric-table.ts'
import { once } from './once.ts'
import { isWithin, previousPeriods, startOfDay } from './period.ts'
import { type RecordDoc, textAt, valueAt } from './record.ts'
import type { ImprovementFacts, ReportFacts } from './report.ts'
import { nameOf, type RecordLink, recordLink, words } from './report-page.ts'
import { extentOf, valuesWithin } from './series.ts'
import { type Peak, peakOf } from './series-pattern.ts'

/**
 * What the figures of the catalogue rest on, for a report. The same object for reports that agree on it, such as those
 * of two periods at one instant, so that what figures share is worked out once.
 */
export function metricFactsOf(facts: ReportFacts): MetricFacts {
  const { since, asOf, incidents, clocked, services, improving, config } = facts
  const before = gathered(improving)
  const known = before.find(
    ({ config: own, made }) =>
      own === config &&
      made.since === since &&
      made.asOf === asOf &&
      made.incidents === incidents &&
      made.clocked === clocked &&
      made.services === services,
  )
  if (known) return known.made
  const calendar = improving.calendars.get(config.calendar)
  const made: MetricFacts = {
    since,
    asOf,
    incidents,
    clocked,
    services,
    records: improving.records,
    settings: metricSettings(config),
    ...(calendar && { calendar }),
  }
  before.push({ config, made })
  return made
}

const gathered = once((_: ReportFacts['improving']): { readonly config: Config; readonly made: MetricFacts }[] => [])

/** What the KPIs of a report are measured from. */
export function kpiFactsOf(facts: ReportFacts): KpiFacts & { readonly history: MetricFacts } {
  const { series, calendars } = facts.improving
  return { history: metricFactsOf(facts), series, calendars }
}

/** A KPI of the organisation on a page: its figure in the period, and over the trend. */
export interface KpiRow extends KpiLine, RecordLink {
  readonly owner: string | null
  readonly direction: string
  /** What it would take to measure a gap; `null` where nobody says. */
  readonly missing: string | null
  /** One value a period, the last for this one; `null` where there is none. */
  readonly trend: readonly (number | null)[]
}

/** The KPIs of the organisation over the period of a report, in order of id. */
export function kpiRows(facts: ReportFacts, page: string): readonly KpiRow[] {
  const measuring = kpiFactsOf(facts)
  const zone = facts.config.timezone
  const records = new Map(facts.improving.kpis.map((kpi) => [kpi.id, kpi]))
  const earlier = previousPeriods(facts.period, zone, trendLength)
  return kpiLines(facts.improving.kpis, measuring, facts.period, zone).flatMap((line): readonly KpiRow[] => {
    const kpi = records.get(line.id)
    if (!kpi) return []
    const before = isGap(kpi) ? [] : earlier.map((period) => figureValue(measureKpi(kpi, measuring, period)))
    return [
      {
        ...line,
        ...recordLink(facts, page, kpi),
        owner: nameOf(facts, 'team', textAt(kpi.data, 'owner') ?? null),
        direction: textAt(kpi.data, 'direction') ?? '',
        missing: textAt(kpi.data, 'missing') ?? null,
        trend: [...before, line.figure?.value ?? null],
      },
    ]
  })
}

function figureValue(measured: ReturnType<typeof measureKpi>): number | null {
  return 'figure' in measured ? measured.figure.value : null
}

/** A series on a page: how many values the period has, from when they are, and what stands out in them. */
export interface SeriesRow extends RecordLink {
  readonly unit: string
  readonly source: string
  readonly service: string | null
  /** Values of the period. */
  readonly n: number
  /** The first and the last instant of the whole series; `null` for one without rows. */
  readonly first: Instant | null
  readonly last: Instant | null
  readonly peak: Peak | null
}

/** The series of an organisation, in order of id. */
export function seriesRows(facts: ReportFacts, page: string): readonly SeriesRow[] {
  const { period, config, improving } = facts
  return improving.measurements
    .toSorted((a, b) => compare(a.id, b.id))
    .map((measurement) => {
      const series = improving.series.get(measurement.id)
      const extent = series && extentOf(series)
      return {
        ...recordLink(facts, page, measurement),
        unit: textAt(measurement.data, 'unit') ?? '',
        source: textAt(measurement.data, 'source') ?? '',
        service: nameOf(facts, 'service', textAt(measurement.data, 'service') ?? null),
        n: series ? valuesWithin(series, 'value', period).length : 0,
        first: extent?.first ?? null,
        last: extent?.last ?? null,
        peak: series ? peakOf(series, period, config.timezone) : null,
      }
    })
}

/** An improvement on a page: what was aimed at, and what became of it. */
export interface RegisterRow extends RecordLink {
  readonly state: string
  readonly kpi: string | null
  readonly unit: string
  readonly baseline: number | null
  readonly target: number | null
  readonly due: string | null
  /** Whether it is due and not in place. */
  readonly overdue: boolean
  /** As declared and proven when it was closed; `null` before. */
  readonly measured: number | null
  readonly result: string | null
  /** For one in review: the KPI since it was in place, up to the end of the period or the as-of instant. */
  readonly sofar: Figure | null
}

const ended: readonly string[] = ['closed', 'rejected', 'cancelled']

/** The register: improvements that were open in the period or ended in it, the furthest first. */
export function registerRows(facts: ReportFacts, page: string): readonly RegisterRow[] {
  const order = ['review', 'in_progress', 'on_hold', 'approved', 'assess', 'accepted', 'new', ...ended]
  return facts.improving.improvements
    .filter(({ moments }) => {
      const end = moments.find(({ state }) => ended.includes(state))
      return end === undefined || isWithin(facts.period, end.recorded)
    })
    .map((improvement) => ({ improvement, rank: order.indexOf(textAt(improvement.data, 'state') ?? '') }))
    .toSorted((a, b) => a.rank - b.rank || compare(a.improvement.id, b.improvement.id))
    .map(({ improvement }) => registerRow(facts, page, improvement))
}

function registerRow(facts: ReportFacts, page: string, improvement: ImprovementFacts): RegisterRow {
  const { data } = improvement
  const zone = facts.config.timezone
  const state = textAt(data, 'state') ?? ''
  const kpi = facts.improving.kpis.find(({ id }) => id === textAt(data, 'kpi'))
  const due = textAt(data, 'due') ?? null
  const dueAt = due === null ? undefined : startOfDay(due, zone)
  return {
    ...recordLink(facts, page, improvement),
    state: words(state),
    kpi: textAt(data, 'kpi') ?? null,
    unit: (kpi && textAt(kpi.data, 'unit')) ?? '',
    baseline: numberAt(valueAt(data, ['baseline', 'value'])),
    target: numberAt(data['target']),
    due,
    overdue: dueAt !== undefined && dueAt < facts.asOf && !ended.includes(state) && state !== 'review',
    measured: numberAt(data['measured_value']),
    result: state === 'closed' ? words(textAt(data, 'result') ?? '') : null,
    sofar: state === 'review' && kpi ? sofar(facts, improvement, kpi) : null,
  }
}

function numberAt(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function sofar(facts: ReportFacts, { data }: ImprovementFacts, kpi: RecordDoc): Figure | null {
  const baseline = periodOf(data, 'baseline', facts.config.timezone)
  const from = parseInstant(textAt(data, 'implemented_at') ?? '')
  const until = Math.min(facts.period.until, facts.asOf)
  if (!baseline || from === undefined || from >= until) return null
  const measured = measureKpi(kpi, kpiFactsOf(facts), { from, until })
  return 'figure' in measured ? measured.figure : null
}

/** What somebody said about a period, as its pages quote it. */
export interface Quote extends RecordLink {
  readonly author: string
  readonly text: string
  readonly service: string | null
}

/** The commentary of the period that a page quotes, in order of id. */
export function quotesOn(facts: ReportFacts, page: string): readonly Quote[] {
  return facts.improving.commentary
    .filter(({ data }) => data['period'] === facts.period.id && (textAt(data, 'report') ?? 'csi') === page)
    .toSorted((a, b) => compare(a.id, b.id))
    .map((commentary) => ({
      ...recordLink(facts, page, commentary),
      author: textAt(commentary.data, 'author') ?? '',
      text: textAt(commentary.data, 'text') ?? '',
      service: nameOf(facts, 'service', textAt(commentary.data, 'service') ?? null),
    }))
}
