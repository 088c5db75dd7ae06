import { compare } from '../core/diagnostic.ts'
import type { Instant } from '../core/instant.ts'
import type { Kpi } from '../core/kpi.ts'
import { significance } from '../core/kpi-comparison.ts'
import { type Concentration, findConcentrations } from '../core/kpi-concentration.ts'
import { percentText, type Share } from '../core/kpi-figure.ts'
import { firstAssignment, incidentTrend, repeatDays, repeatIncidents, waiting } from '../core/kpi-incident.ts'
import type { Dimension } from '../core/kpi-life.ts'
import { type DataQuality, dataQuality } from '../core/kpi-quality.ts'
import { clocksByTarget, countedClocks, tallyClocks } from '../core/kpi-sla.ts'
import { fewestForLimits, fewestToRank } from '../core/kpi-statistics.ts'
import { type KpiTable, kpiTable } from '../core/kpi-table.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import type { HistoryGap, Page, Report, ReportFacts } from '../core/report.ts'
import {
  leadOf,
  type MainWait,
  mainWait,
  type Objective,
  objectiveOf,
  type Pareto,
  paretoOf,
  type RepeatLead,
  type TeamChanges,
  teamChanges,
} from '../core/report-finding.ts'
import {
  type KpiRow,
  kpiRows,
  type Quote,
  quotesOn,
  type RegisterRow,
  registerRows,
  type SeriesRow,
  seriesRows,
} from '../core/report-improvement.ts'
import { nameOf, pageOf, words } from '../core/report-page.ts'
import { leftoversOf, type UpsideDown, upsideDown } from '../core/report-remark.ts'
import { type TrendTable, trendTable } from '../core/report-trend.ts'
import { type WeakPlace, weakPlaces } from '../core/report-weak-place.ts'

interface CsiPage extends Page {
  readonly previous: string
  readonly previousCovered: boolean
  readonly since: number
  /** Whether the history begins within the periods of the trend. */
  readonly startsWithin: boolean
  /** Incidents opened in the earlier periods of the trend. */
  readonly openedBefore: number
  readonly commits: number
  readonly services: number
  readonly teams: number
  readonly slas: number
  readonly imports: readonly string[]
  readonly opened: number
  readonly resolved: number
  readonly backlog: number
  /** When the first and the last incident of the period were opened; `null` where none was. */
  readonly firstOpened: Instant | null
  readonly lastOpened: Instant | null
  readonly overdue: number
  readonly atRisk: number
  /** The clocks of records that were filed after the fact and stopped in the period. */
  readonly retrospective: Share
  readonly promised: readonly Objective[]
  /** What is measured against without having been agreed. */
  readonly assumed: readonly Objective[]
  /** What the summary says of objectives: every SLA, and what else missed its own; the missed ones first. */
  readonly toldObjectives: readonly Objective[]
  /** Promises that were missed. */
  readonly missed: readonly Objective[]
  readonly quality: DataQuality
  readonly thinFields: DataQuality['fields']
  readonly gaps: readonly HistoryGap[]
  readonly gapsMore: number
  readonly table: KpiTable
  readonly trend: TrendTable
  readonly changed: readonly (KpiTable['counts'] | KpiTable['shares'] | KpiTable['times'])[number][]
  readonly tested: number
  readonly untested: number
  readonly significance: string
  readonly fewestForLimits: number
  readonly fewestToRank: number
  readonly concentrations: readonly (Concentration & { readonly name: string | null })[]
  readonly concentrationsMore: number
  readonly placesTested: number
  readonly placesTooFew: number
  readonly weakPlaces: readonly WeakPlace[]
  readonly weakPlacesMore: number
  readonly leftovers: Share | null
  readonly upsideDown: readonly UpsideDown[]
  readonly paretos: readonly Pareto[]
  /** `what` is waited for, where that is known. */
  readonly wait: (Omit<MainWait, 'reason'> & { readonly reason: string; readonly what: string | null }) | null
  readonly reassignment: TeamChanges
  readonly firstAssignment: Share
  readonly repeats: Share
  readonly repeatDays: number
  readonly repeatLeads: readonly RepeatLead[]
  readonly grown: boolean
  readonly suggestions: number
  readonly kpis: readonly Kpi[]
  /** The KPIs of the organisation that can be measured. */
  readonly indicators: readonly KpiRow[]
  /** Those that cannot be measured yet. */
  readonly kpiGaps: readonly KpiRow[]
  /** Indicators beyond their target. */
  readonly missedKpis: readonly KpiRow[]
  readonly measurements: readonly SeriesRow[]
  /** Series in which something stands out. */
  readonly patterns: readonly SeriesRow[]
  readonly register: readonly RegisterRow[]
  /** How many improvements ended before the period. */
  readonly registerEnded: number
  readonly quotes: readonly Quote[]
  readonly changes: number
}

const longestList = 10
const leads = 3
const mostPlaces = 5
/** Below this share of incidents, in percent, a field is too thin to rest figures on. */
const thinBelow = 80

const dimensions: readonly { readonly dimension: Dimension; readonly column: string }[] = [
  { dimension: 'service', column: 'service' },
  { dimension: 'team', column: 'team' },
  { dimension: 'category', column: 'category' },
]

/** The seven steps of improvement, walked on the figures of the period. */
export const csi: Report = {
  name: 'csi',
  title: 'Improvement report',
  summary: 'The seven steps of improvement on real figures: what changed beyond noise, where, and what to do next',
  model(facts: ReportFacts): CsiPage {
    const trend = incidentTrend(facts)
    const [before, figures] = trend.slice(-2)
    if (!before || !figures) throw new RangeError('a trend has at least two periods')
    const targets = clocksByTarget({ ...facts, clocked: [] })
    const slas = targets.filter(({ kind }) => kind === 'sla')
    const standing = tallyClocks(countedClocks([...facts.incidents, ...facts.clocked]), facts.period)
    const objectives = clocksByTarget(facts).map((target) => objectiveOf(facts, target))
    const table = kpiTable(trend, slas)
    const rows = [...table.counts, ...table.shares, ...table.times]
    const search = findConcentrations(slas, facts.period, ['service', 'team', 'category'])
    const places = weakPlaces(facts, search.found)
    const openings = figures.opened.map(({ openedAt }) => openedAt).sort((a, b) => a - b)
    const quality = dataQuality(facts, figures.opened)
    const repeats = repeatIncidents(figures)
    const wait = mainWait(waiting(figures))
    const indicators = kpiRows(facts, 'csi')
    const measurements = seriesRows(facts, 'csi')
    const register = registerRows(facts, 'csi')
    const found = {
      missed: objectives.filter(({ reached, assumed }) => reached === false && !assumed),
      concentrations: search.found
        .slice(0, longestList)
        .map((place) => ({ ...place, name: nameOf(facts, place.dimension, place.value) })),
      wait: wait && {
        ...wait,
        reason: wait.reason === null ? 'no reason given' : words(wait.reason),
        what: wait.reason === null ? null : words(wait.reason.replace(/^awaiting_(?=.)/, 'the ')),
      },
      reassignment: teamChanges(figures),
      repeatLeads: repeats.groups.slice(0, leads).map(({ lives, repeats: again }) => leadOf(facts, lives, again)),
      grown: table.counts.some(({ kpi, comparison }) => kpi === 'backlog' && comparison.verdict === 'worse'),
      thinFields: quality.fields.filter(({ filled: { count, n } }) => count * 100 < n * thinBelow),
      missedKpis: indicators.filter(({ reached }) => reached === false),
      kpiGaps: indicators.filter(({ gap }) => gap !== null),
    }
    return {
      ...pageOf(facts, 'csi'),
      previous: before.period.title,
      previousCovered: before.coverage === 'whole',
      since: facts.since,
      startsWithin: facts.since > (trend[0]?.period.from ?? 0),
      openedBefore: trend.slice(0, -1).reduce((sum, { opened }) => sum + opened.length, 0),
      commits: facts.commits,
      services: facts.services.length,
      teams: facts.teams.length,
      slas: facts.slas.length,
      imports: facts.config.imports.map(({ system }) => system),
      opened: figures.opened.length,
      resolved: figures.resolved.length,
      backlog: figures.open.length,
      firstOpened: openings.at(0) ?? null,
      lastOpened: openings.at(-1) ?? null,
      overdue: standing.overdue.length,
      atRisk: standing.atRisk.length,
      retrospective: standing.retrospective,
      promised: objectives.filter(({ assumed }) => !assumed),
      assumed: objectives.filter(({ assumed }) => assumed),
      toldObjectives: toldObjectives(objectives),
      quality,
      gaps: facts.gaps.toSorted((a, b) => compare(a.file, b.file) || compare(a.commit, b.commit)).slice(0, longestList),
      gapsMore: Math.max(0, facts.gaps.length - longestList),
      table,
      trend: trendTable(trend, targets, facts.since),
      changed: rows.filter(({ comparison: { verdict } }) => verdict !== 'same' && verdict !== 'untested'),
      tested: rows.filter(({ comparison: { verdict } }) => verdict !== 'untested').length,
      untested: rows.filter(({ comparison: { verdict } }) => verdict === 'untested').length,
      significance: percentText({ count: significance * 1000, n: 1000 }),
      fewestForLimits,
      fewestToRank,
      concentrationsMore: Math.max(0, search.found.length - longestList),
      placesTested: search.tested,
      placesTooFew: search.tooFew,
      weakPlaces: places.slice(0, mostPlaces),
      weakPlacesMore: Math.max(0, places.length - mostPlaces),
      leftovers: leftoversOf(figures),
      upsideDown: upsideDown(figures),
      paretos: dimensions.map(({ dimension, column }) => paretoOf(facts, figures, dimension, column)),
      firstAssignment: firstAssignment(figures),
      repeats: repeats.share,
      repeatDays,
      ...found,
      indicators: indicators.filter(({ gap }) => gap === null),
      measurements,
      patterns: measurements.filter(({ peak, correlations }) => peak !== null || correlations.length > 0),
      register,
      registerEnded: facts.improving.improvements.length - register.length,
      quotes: quotesOn(facts, 'csi'),
      changes: facts.improving.changes.length,
      suggestions:
        found.missed.length +
        Math.min(mostPlaces, places.length) +
        (objectives.some(({ assumed }) => assumed) ? 1 : 0) +
        (found.wait ? 1 : 0) +
        (found.reassignment.slower ? 1 : 0) +
        found.repeatLeads.length +
        (found.grown ? 1 : 0) +
        found.thinFields.length +
        found.missedKpis.length +
        found.kpiGaps.length +
        (quality.unmeasured.count > 0 ? 1 : 0),
      kpis: kpisOf([
        'opened',
        'resolved',
        'backlog',
        'mttr',
        'mtta',
        'reopen-rate',
        'first-assignment',
        'repeat-incidents',
        'hold-time',
        'sla-compliance',
        'sla-breached-open',
        'at-risk',
      ]),
    }
  },
}

function toldObjectives(objectives: readonly Objective[]): readonly Objective[] {
  const told = objectives.filter(
    ({ kind, reached, compliance }) => (kind === 'SLA' && compliance.n > 0) || reached === false,
  )
  return [...told.filter(({ reached }) => reached === false), ...told.filter(({ reached }) => reached !== false)]
}
