import type { Charts } from '../core/chart/chart.ts'
import type { Instant, Seconds } from '../core/instant.ts'
import type { Kpi } from '../core/kpi.ts'
import { type BreakdownRow, breakdown } from '../core/kpi-breakdown.ts'
import { type Share, type Spread, spreadOf } from '../core/kpi-figure.ts'
import {
  acknowledgeTimes,
  ageBuckets,
  ageOf,
  firstAssignment,
  incidentTrend,
  openFor,
  reopened,
  repeatDays,
  repeatIncidents,
  resolveTimes,
  waiting,
} from '../core/kpi-incident.ts'
import type { Dimension } from '../core/kpi-life.ts'
import { dataQuality } from '../core/kpi-quality.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import { leadOf, type RepeatLead } from '../core/report-finding.ts'
import { type Quote, quotesOn } from '../core/report-improvement.ts'
import {
  type CausedIncident,
  causedIncidents,
  longestOpen,
  type MajorIncident,
  majorIncidents,
  type OpenIncident,
  type PriorityTimes,
  type RestlessIncident,
  restless,
  timesByPriority,
} from '../core/report-incident.ts'
import { comparablePeriods, incidentPareto, incidentTrendChart, weekdayHeatmap } from '../core/report-incident-chart.ts'
import { figureOf, type MetricRow, metricRows } from '../core/report-metric.ts'
import { nameOf, pageOf, words } from '../core/report-page.ts'
import { type ProblemFigures, problemFigures } from '../core/report-problem.ts'
import { leftoversOf } from '../core/report-remark.ts'
import { type OpeningHours, openingHours } from '../core/report-weekdays.ts'

interface BreakdownSection {
  readonly title: string
  readonly column: string
  readonly rows: readonly (BreakdownRow & { readonly name: string | null })[]
  readonly rest: { readonly values: number; readonly opened: number }
  readonly vitalFew: number
  readonly values: number
  readonly opened: number
}

interface IncidentsPage extends Page {
  readonly quotes: readonly Quote[]
  readonly opened: number
  readonly resolved: number
  readonly backlog: number
  readonly ages: readonly { readonly title: string; readonly count: number }[]
  readonly age: Spread
  readonly resolveTime: Spread
  readonly acknowledgeTime: Spread
  readonly reopened: Share
  readonly firstAssignment: Share
  readonly reassignments: number
  readonly breakdowns: readonly BreakdownSection[]
  readonly hours: OpeningHours
  /** See `DataQuality`. */
  readonly silentSince: Instant | null
  /** Opened before the period, of those resolved, where they are most of them. */
  readonly leftovers: Share | null
  readonly waiting: readonly { readonly reason: string; readonly time: Seconds; readonly incidents: number }[]
  readonly waited: Seconds
  readonly oldest: readonly OpenIncident[]
  readonly repeats: Share
  readonly repeatDays: number
  readonly repeatGroups: readonly RepeatLead[]
  readonly repeatGroupsMore: number
  /** The periods of the trend that the history covers from their beginning, and this one. */
  readonly periods: readonly {
    readonly id: string
    readonly opened: number
    readonly resolved: number
    readonly open: number
  }[]
  readonly priorities: readonly PriorityTimes[]
  readonly caused: {
    readonly share: Share
    readonly list: readonly CausedIncident[]
    readonly more: number
  }
  readonly majors: readonly MajorIncident[]
  readonly majorsMore: number
  /** Of the major incidents resolved, those that no review was held of. */
  readonly unreviewed: number
  readonly reopenedMost: readonly RestlessIncident[]
  readonly reassignedMost: readonly RestlessIncident[]
  readonly problems: ProblemFigures
  readonly problemsOpen: number
  readonly problemsMore: number
  readonly expiredRisks: number
  readonly problemMetrics: readonly MetricRow[]
  readonly charts: Charts
  readonly kpis: readonly Kpi[]
}

const longestList = 10
const shortList = 5

const incidentKpis = [
  'opened',
  'resolved',
  'backlog',
  'backlog-age',
  'mttr',
  'mtta',
  'reopen-rate',
  'first-assignment',
  'reassignments',
  'hold-time',
  'repeat-incidents',
  'change-caused-incidents',
]
const problemKpis = [
  'problem-queue-rate',
  'problem-analysis-time',
  'problem-resolution-time',
  'problem-closure-time',
  'resolved-with-problem',
]

const dimensions: readonly { readonly dimension: Dimension; readonly title: string; readonly column: string }[] = [
  { dimension: 'priority', title: 'By priority', column: 'Priority' },
  { dimension: 'service', title: 'By service', column: 'Service' },
  { dimension: 'team', title: 'By team', column: 'Team' },
  { dimension: 'category', title: 'By category', column: 'Category' },
]

/** What came in, what was done, how long it took, what keeps coming back, and what is done about the causes. */
export const incidents: Report = {
  name: 'incidents',
  title: 'Incidents and problems',
  summary:
    'Incidents: volumes, times, ages, where and when, major ones, repeats, caused by changes; problems, known errors, risks',
  model(facts: ReportFacts): IncidentsPage {
    const trend = incidentTrend(facts)
    const [figures] = trend.slice(-1)
    if (!figures) throw new RangeError('a trend has at least one period')
    const repeats = repeatIncidents(figures)
    const waits = waiting(figures)
    const caused = causedIncidents(facts, 'incidents', figures)
    const causedShare = figureOf(facts, 'change-caused-incidents')
    const majors = majorIncidents(facts, 'incidents', figures)
    const problems = problemFigures(facts, 'incidents')
    return {
      ...pageOf(facts, 'incidents'),
      quotes: quotesOn(facts, 'incidents'),
      opened: figures.opened.length,
      resolved: figures.resolved.length,
      backlog: figures.open.length,
      ages: ageBuckets.map((bucket) => ({ title: bucket.title, count: openFor(bucket, figures) })),
      age: spreadOf(figures.open.map((life) => ageOf(life, figures))),
      resolveTime: spreadOf(resolveTimes(figures)),
      acknowledgeTime: spreadOf(acknowledgeTimes(figures)),
      reopened: reopened(figures),
      firstAssignment: firstAssignment(figures),
      reassignments: figures.resolved.reduce((sum, { reassignments }) => sum + reassignments, 0),
      breakdowns: dimensions.map(({ dimension, title, column }) => {
        const { rows, ...rest } = breakdown(dimension, figures, longestList)
        return {
          ...rest,
          title,
          column,
          rows: rows.map((row) => ({ ...row, name: nameOf(facts, dimension, row.value) })),
        }
      }),
      hours: openingHours(
        figures.opened.map(({ openedAt }) => openedAt),
        facts.config.timezone,
      ),
      silentSince: dataQuality(facts, figures.opened).silentSince,
      leftovers: leftoversOf(figures),
      waiting: waits.map(({ reason, ...rest }) => ({
        reason: reason === null ? 'no reason given' : words(reason),
        ...rest,
      })),
      waited: waits.reduce((sum, { time }) => sum + time, 0),
      oldest: longestOpen(facts, 'incidents', figures).slice(0, longestList),
      repeats: repeats.share,
      repeatDays,
      repeatGroups: repeats.groups.slice(0, longestList).map((group) => leadOf(facts, 'incidents', group)),
      repeatGroupsMore: Math.max(0, repeats.groups.length - longestList),
      periods: comparablePeriods(trend).map((each) => ({
        id: each.period.id,
        opened: each.opened.length,
        resolved: each.resolved.length,
        open: each.open.length,
      })),
      priorities: timesByPriority(figures),
      caused: {
        share: { count: caused.length, n: causedShare?.n ?? figures.opened.length },
        list: caused.slice(0, longestList),
        more: Math.max(0, caused.length - longestList),
      },
      majors: majors.slice(0, longestList),
      majorsMore: Math.max(0, majors.length - longestList),
      unreviewed: majors.filter(
        ({ untilResolved, reviewState }) => untilResolved !== null && (reviewState ?? 'planned') === 'planned',
      ).length,
      reopenedMost: restless(facts, 'incidents', figures, 'reopens').slice(0, shortList),
      reassignedMost: restless(facts, 'incidents', figures, 'reassignments').slice(0, shortList),
      problems: { ...problems, open: problems.open.slice(0, longestList) },
      problemsOpen: problems.open.length,
      problemsMore: Math.max(0, problems.open.length - longestList),
      expiredRisks: problems.accepted.filter(({ isExpired }) => isExpired).length,
      problemMetrics: metricRows(facts, problemKpis),
      charts: {
        trend: incidentTrendChart(trend),
        pareto: incidentPareto(
          breakdown('service', figures, longestList),
          'service',
          (value) => nameOf(facts, 'service', value) ?? 'not recorded',
        ),
        hours: weekdayHeatmap(
          figures.opened.map(({ openedAt }) => openedAt),
          facts.config.timezone,
          { title: 'When incidents are opened', unit: 'incidents', kpi: 'opened' },
        ),
      },
      kpis: kpisOf([...incidentKpis, ...problemKpis]),
    }
  },
}
