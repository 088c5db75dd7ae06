import { compare } from './diagnostic.ts'
import { type Instant, parseInstant } from './instant.ts'
import { noData } from './kpi-figure.ts'
import { measureKpi } from './kpi-record.ts'
import type { Figure, Metric, MetricFacts, Scope } from './metric.ts'
import { metricOf, metrics } from './metric-catalogue.ts'
import { type Data, type RecordDoc, textAt } from './record.ts'
import type { RecordFacts, ReportFacts } from './report.ts'
import { kpiFactsOf, metricFactsOf } from './report-improvement.ts'
import { figureText } from './report-metric.ts'
import type { Moment } from './timeline.ts'

/** A record whose later facts changed a figure of a period that was over. */
export interface LateFact {
  readonly type: string
  readonly id: string
  readonly file: string
  readonly data: Data
  readonly why: 'filed late' | 'cancelled' | 'edited'
  /** When the record is said to have begun, and when the mainline learnt what changed the figure. */
  readonly opened: Instant
  readonly recorded: Instant
  /** Fields that were edited; empty but for `edited`. */
  readonly fields: readonly string[]
  /** The newest commit behind it. */
  readonly commit: string
}

/** A figure of a period that is not what it was when the period was over. */
export interface Restatement {
  readonly id: string
  readonly title: string
  /** Id of the service that it is told of, where it is one of a single service. */
  readonly service: string | null
  /** What it was when the period was over, and is now, with unit and population in words. */
  readonly published: string
  readonly now: string
  /** In order of type and id. Empty where no record explains it alone. */
  readonly because: readonly LateFact[]
  /** A measurement whose values were edited since; `null` where the figure rests on none. */
  readonly measurement: string | null
}

/** Figures that tell of the report's instant and not of the period: they are other ones later without being restated. */
const standing: readonly string[] = ['at-risk', 'sla-breached-open']

/**
 * The figures of a period that later facts changed so that they read otherwise: those of the catalogue, and the KPIs of the organisation as they
 * were defined when it was over. `published` are the facts as of the end of the period, `now` those of a later instant;
 * both tell of the same period. Services and settings are held as they were: one that was added or retired since is no
 * fact about the period.
 */
export function restatementsOf(published: ReportFacts, now: ReportFacts): readonly Restatement[] {
  // Of the same services the list of `now`, for which figures may have been worked out already.
  const services = areSame(published.services, now.services) ? now.services : published.services
  const held = { ...now, services, config: published.config }
  const [before, after] = [metricFactsOf(published), metricFactsOf(held)]
  const late = lateRecords(published, held)
  return [
    ...metrics
      .filter(({ id }) => !standing.includes(id))
      .flatMap((metric) =>
        scopesOf(metric, held).map((scope) => metricRestated(metric, scope, before, after, late, held)),
      ),
    ...kpisRestated(published, held, late),
  ].filter((each) => each !== undefined)
}

function areSame(some: readonly RecordDoc[], others: readonly RecordDoc[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ id, file, data }, at) => {
      const other = others[at]
      return other !== undefined && other.id === id && other.file === file && other.data === data
    })
  )
}

function scopesOf({ perService }: Metric, { services }: ReportFacts): readonly Scope[] {
  return perService ? services.map(({ id }) => ({ service: id })) : [{}]
}

function metricRestated(
  metric: Metric,
  scope: Scope,
  before: MetricFacts,
  after: MetricFacts,
  late: readonly LateRecord[],
  { period }: ReportFacts,
): Restatement | undefined {
  const measure = (facts: MetricFacts): Figure => metric.measure(facts, { span: period, scope })
  const [then, since] = [measure(before), measure(after)]
  const [published, now] = [figureText(metric, then.value, then), figureText(metric, since.value, since)]
  if (isSame(then, since) || published === now) return undefined
  return {
    id: metric.id,
    title: metric.title,
    service: scope.service ?? null,
    published: populated(published, then),
    now: populated(now, since),
    because: late
      .filter((record) => !isSame(measure(alone(before, record, 'before')), measure(alone(after, record, 'after'))))
      .map(({ fact }) => fact),
    measurement: null,
  }
}

function kpisRestated(
  facts: ReportFacts,
  later: ReportFacts,
  late: readonly LateRecord[],
): readonly (Restatement | undefined)[] {
  const [before, after] = [kpiFactsOf(facts), kpiFactsOf(later)]
  return facts.improving.kpis
    .toSorted((a, b) => compare(a.id, b.id))
    .map((kpi) => {
      const [then, since] = [measureKpi(kpi, before, facts.period), measureKpi(kpi, after, facts.period)]
      if (!('figure' in then) || !('figure' in since) || isSame(then.figure, since.figure)) return undefined
      const metric = metricOf(textAt(kpi.data, 'formula') ?? '')
      if (metric && (standing.includes(metric.id) || isOfTheWhole(kpi.data))) return undefined
      const figureOf = (history: MetricFacts): string =>
        JSON.stringify(measureKpi(kpi, { ...after, history }, facts.period))
      const unit = textAt(kpi.data, 'unit') ?? ''
      const [published, now] = [valueText(then.figure, unit), valueText(since.figure, unit)]
      if (published === now) return undefined
      return {
        id: kpi.id,
        title: textAt(kpi.data, 'title') ?? kpi.id,
        service: null,
        published: populated(published, then.figure),
        now: populated(now, since.figure),
        because: metric
          ? late
              .filter(
                (record) =>
                  figureOf(alone(before.history, record, 'before')) !== figureOf(alone(after.history, record, 'after')),
              )
              .map(({ fact }) => fact)
          : [],
        measurement: textAt(kpi.data, 'measurement') ?? null,
      }
    })
}

function valueText(figure: Figure, unit: string): string {
  return figure.value === null ? noData : `${Number(figure.value.toFixed(2))} ${unit}`
}

/** Whether a KPI asks a formula of everything: then the figure of the formula itself says what was restated. */
function isOfTheWhole({ scope, calendar }: Data): boolean {
  return scope === undefined && calendar === undefined
}

function populated(text: string, { value, n }: Figure): string {
  return value === null || String(n) === text || text.includes(` of ${n}`) ? text : `${text} (n = ${n})`
}

function isSame(one: Figure, other: Figure): boolean {
  return one.n === other.n && rounded(one.value) === rounded(other.value)
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(6))
}

/** A record that the mainline learnt of later, as it was known at both instants. */
interface LateRecord {
  readonly fact: LateFact
  readonly before: RecordFacts | undefined
  readonly after: RecordFacts
}

/** The records that began before the end of the period and were written after it, other than by the steps of their life. */
function lateRecords(published: ReportFacts, now: ReportFacts): readonly LateRecord[] {
  const keyOf = ({ type, id }: { readonly type: string; readonly id: string }): string => `${type}/${id}`
  const readings = (facts: ReportFacts): ReadonlyMap<string, RecordFacts> =>
    new Map([...facts.incidents, ...facts.clocked].map((record) => [keyOf(record), record]))
  const [clocksBefore, clocksAfter] = [readings(published), readings(now)]
  const known = new Map(published.lives.map((life) => [keyOf(life), life]))
  return now.lives.flatMap((life): readonly LateRecord[] => {
    const later = life.moments.filter(({ recorded }) => recorded > published.asOf)
    const opened = openedAt(life.moments)
    if (later.length === 0 || opened === undefined || opened >= published.period.until) return []
    const key = keyOf(life)
    const before = known.get(key)
    const fact = { ...life, opened, ...whyOf(before?.moments.at(-1), later) }
    const after = { ...life, readings: clocksAfter.get(key)?.readings ?? [] }
    const stood = before && { ...before, readings: clocksBefore.get(key)?.readings ?? [] }
    return [{ fact, before: stood, after }]
  })
}

function openedAt([first]: readonly Moment[]): Instant | undefined {
  if (!first) return undefined
  return Math.min(parseInstant(textAt(first.data, 'opened_at') ?? '') ?? first.recorded, first.recorded)
}

type Why = Pick<LateFact, 'why' | 'recorded' | 'fields' | 'commit'>

function whyOf(last: Moment | undefined, later: readonly Moment[]): Why {
  const [first, newest] = [later[0], later.at(-1)]
  const told = (why: LateFact['why'], moment: Moment | undefined, fields: readonly string[] = []): Why => ({
    why,
    fields,
    recorded: moment?.recorded ?? 0,
    commit: moment?.commit.commit ?? '',
  })
  if (!last) return told('filed late', first)
  const cancelled = later.find(({ state }) => state === 'cancelled')
  if (newest?.state === 'cancelled') return told('cancelled', cancelled)
  return told('edited', newest, fieldsEdited(last.data, newest?.data ?? {}))
}

/** Top-level fields that say something else; the log and the state tell of the steps of a life. */
function fieldsEdited(before: Data, after: Data): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => field !== 'log' && field !== 'state')
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .toSorted(compare)
}

/** Facts in which there is one record only, as it was known before or after. */
function alone(facts: MetricFacts, { before, after }: LateRecord, when: 'before' | 'after'): MetricFacts {
  const record = when === 'before' ? before : after
  const only = record ? [record] : []
  return {
    ...facts,
    incidents: only.filter(({ type }) => type === 'incident'),
    clocked: only.filter(({ type, readings }) => type !== 'incident' && readings.length > 0),
    records: only,
  }
}
