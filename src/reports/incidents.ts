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
  type PeriodIncidents,
  reopened,
  repeatDays,
  repeatIncidents,
  resolveTimes,
  waiting,
} from '../core/kpi-incident.ts'
import { type Dimension, type Life, valueIn } from '../core/kpi-life.ts'
import { dataQuality } from '../core/kpi-quality.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import { textsAt } from '../core/record.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import { type Quote, quotesOn } from '../core/report-improvement.ts'
import { nameOf, pageOf, type RecordLink, recordLink, stateOf, words } from '../core/report-page.ts'
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

interface OpenIncident extends RecordLink {
  readonly priority: string | null
  readonly team: string | null
  readonly state: string
  readonly age: Seconds
}

interface RepeatGroup {
  readonly service: string | null
  readonly category: string | null
  readonly cis: readonly string[]
  readonly opened: number
  readonly repeats: number
  readonly latest: RecordLink
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
  readonly repeatGroups: readonly RepeatGroup[]
  readonly repeatGroupsMore: number
  readonly kpis: readonly Kpi[]
}

const longestList = 10

const dimensions: readonly { readonly dimension: Dimension; readonly title: string; readonly column: string }[] = [
  { dimension: 'priority', title: 'By priority', column: 'Priority' },
  { dimension: 'service', title: 'By service', column: 'Service' },
  { dimension: 'team', title: 'By team', column: 'Team' },
  { dimension: 'category', title: 'By category', column: 'Category' },
]

/** What came in, what was done, how long it took, where the time went, and what keeps coming back. */
export const incidents: Report = {
  name: 'incidents',
  title: 'Incidents',
  summary: 'Opened, resolved, backlog and ages; times; where incidents and waiting come from; repeat incidents',
  model(facts: ReportFacts): IncidentsPage {
    const [figures] = incidentTrend(facts).slice(-1)
    if (!figures) throw new RangeError('a trend has at least one period')
    const repeats = repeatIncidents(figures)
    const waits = waiting(figures)
    return {
      ...pageOf(facts, 'incidents'),
      quotes: quotesOn(facts, 'incidents'),
      opened: figures.opened.length,
      resolved: figures.resolved.length,
      backlog: figures.open.length,
      ages: ages(figures),
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
      oldest: oldest(facts, figures),
      repeats: repeats.share,
      repeatDays,
      repeatGroups: repeats.groups.slice(0, longestList).map(({ lives, repeats: again }) => group(facts, lives, again)),
      repeatGroupsMore: Math.max(0, repeats.groups.length - longestList),
      kpis: kpisOf([
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
      ]),
    }
  },
}

function ages(figures: PeriodIncidents): IncidentsPage['ages'] {
  const days = figures.open.map((life) => Math.floor(ageOf(life, figures) / 86_400))
  return ageBuckets.map(({ title, from, until }) => ({
    title,
    count: days.filter((day) => day >= from && day < until).length,
  }))
}

function oldest(facts: ReportFacts, figures: PeriodIncidents): readonly OpenIncident[] {
  return figures.open
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .slice(0, longestList)
    .map((life) => ({
      ...recordLink(facts, 'incidents', life.incident),
      priority: valueIn('priority', life.data),
      team: nameOf(facts, 'team', valueIn('team', life.data)),
      state: stateOf(life.incident),
      age: ageOf(life, figures),
    }))
}

function group(facts: ReportFacts, lives: readonly Life[], repeats: number): RepeatGroup {
  const last = lives.reduce((latest, life) => (latest && latest.openedAt > life.openedAt ? latest : life))
  return {
    service: nameOf(facts, 'service', valueIn('service', last.data)),
    category: valueIn('category', last.data),
    cis: textsAt(last.data, 'cis'),
    opened: lives.length,
    repeats,
    latest: recordLink(facts, 'incidents', last.incident),
  }
}
