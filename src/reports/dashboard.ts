import type { Charts } from '../core/chart/chart.ts'
import { compare } from '../core/diagnostic.ts'
import { feedFiles } from '../core/feed/feed-files.ts'
import type { Instant, Seconds } from '../core/instant.ts'
import type { Kpi } from '../core/kpi.ts'
import type { Comparison } from '../core/kpi-comparison.ts'
import { type Share, type Spread, spreadOf } from '../core/kpi-figure.ts'
import { ageOf, incidentTrend, type PeriodIncidents, resolveTimes } from '../core/kpi-incident.ts'
import { valueIn } from '../core/kpi-life.ts'
import { silentSince } from '../core/kpi-quality.ts'
import { clocksByTarget, clocksOf, incidentClocksByTarget, type TargetClocks, tallyClocks } from '../core/kpi-sla.ts'
import { kpiTable } from '../core/kpi-table.ts'
import { kpisOf, metricOf } from '../core/metric-catalogue.ts'
import type { Page, PageLink, Report, ReportFacts } from '../core/report.ts'
import { changeLives } from '../core/report-change.ts'
import { changeCharts } from '../core/report-change-chart.ts'
import { changeTrend } from '../core/report-change-trend.ts'
import { type Disruptions, disruptionsOf } from '../core/report-disruption.ts'
import { objectiveOf } from '../core/report-finding.ts'
import { incidentTrendChart } from '../core/report-incident-chart.ts'
import { keptChart } from '../core/report-kept-chart.ts'
import { type MetricRow, metricRows } from '../core/report-metric.ts'
import { type ClockLine, clockLines, pageOf, publishedPeriods, words } from '../core/report-page.ts'
import { type TrendTable, trendTable } from '../core/report-trend.ts'

/** The open incidents of one priority. */
interface OpenLine {
  readonly priority: string | null
  readonly open: number
  readonly onHold: number
  /** Age of the oldest. */
  readonly oldest: Seconds
}

/** A figure that changed against the earlier periods beyond chance. */
interface ChangedLine {
  readonly title: string
  readonly subject: string | null
  readonly comparison: Comparison
}

/** An agreement whose objective was not reached in the period. */
interface MissedLine {
  readonly title: string
  readonly target: string
  readonly compliance: Share
  readonly objective: number | null
}

/** Objectives that have data, and those of them that were missed. */
interface KeptObjectives {
  readonly judged: number
  readonly missed: readonly MissedLine[]
}

/** How some running clocks stand. */
interface StandingCount {
  readonly overdue: number
  readonly atRisk: number
}

interface DashboardPage extends Page {
  readonly charts: Charts
  /** Keys of the charts, in the order in which they are shown. */
  readonly shown: readonly string[]
  readonly open: {
    readonly lines: readonly OpenLine[]
    readonly n: number
    readonly onHold: number
    readonly oldest: Seconds
  }
  readonly disruptions: Disruptions
  /** See `DataQuality`. */
  readonly silentSince: Instant | null
  /** How many running clocks are beyond their target, and how many are at risk; of what was promised, and of what was not. */
  readonly standing: { readonly promised: StandingCount; readonly assumed: StandingCount }
  /** The clocks beyond their target that still run. */
  readonly overdue: readonly ClockLine[]
  readonly overdueMore: number
  readonly atRisk: readonly ClockLine[]
  readonly atRiskMore: number
  readonly opened: number
  readonly resolved: number
  readonly resolveTime: Spread
  /** Objectives of SLAs with data in the period; apart from those that nobody agreed to. */
  readonly kept: { readonly promised: KeptObjectives; readonly assumed: KeptObjectives }
  readonly changed: readonly ChangedLine[]
  /** How many figures were held against the earlier periods. */
  readonly compared: number
  /** Whether it counts, so that it is its own `n`. */
  readonly figures: readonly (MetricRow & { readonly isCount: boolean })[]
  readonly trend: TrendTable
  /** The clocks of records that were filed after the fact and stopped in the period. */
  readonly retrospective: Share
  /** Whether some targets are assumed. */
  readonly hasAssumed: boolean
  /** Whether clocks ran against assumed targets and against no others: then nothing was promised. */
  readonly onlyAssumed: boolean
  readonly published: readonly PageLink[]
  readonly feeds: readonly { readonly file: string; readonly tells: string }[]
  readonly kpis: readonly Kpi[]
}

const longestList = 10

/** What a front page tells of each practice. */
const figureIds = [
  'opened',
  'resolved',
  'backlog',
  'mttr',
  'mtta',
  'reopen-rate',
  'repeat-incidents',
  'sla-compliance',
  'availability',
  'changes-carried-out',
  'change-success',
  'requests-fulfilled',
  'problems-opened',
] as const

/** What is open, at risk and breached now, and how the period compares with the ones before. */
export const dashboard: Report = {
  name: 'dashboard',
  title: 'Dashboard',
  summary: 'What is open, at risk and breached now; the period against the one before; the trend; links',
  model(facts: ReportFacts): DashboardPage {
    const trend = incidentTrend(facts)
    const now = trend.at(-1)
    const targets = incidentClocksByTarget(facts)
    const standing = tallyClocks(clocksOf(facts), facts.period)
    const [assumed, promised] = parted(clocksByTarget(facts), (target) => target.assumed)
    const comparisons = comparisonsOf(trend, targets)
    const lines = trendTable(trend, targets, facts.since)
    const charts = chartsOf(facts, trend, lines, targets)
    return {
      ...pageOf(facts, 'dashboard'),
      charts,
      shown: Object.keys(charts),
      open: openLines(now),
      disruptions: disruptionsOf(facts, 'dashboard'),
      silentSince: silentSince(facts, now?.opened ?? []),
      standing: { promised: standingOf(facts, promised), assumed: standingOf(facts, assumed) },
      overdue: clockLines(facts, 'dashboard', standing.overdue.slice(0, longestList)),
      overdueMore: Math.max(0, standing.overdue.length - longestList),
      atRisk: clockLines(facts, 'dashboard', standing.atRisk.slice(0, longestList)),
      atRiskMore: Math.max(0, standing.atRisk.length - longestList),
      opened: now?.opened.length ?? 0,
      resolved: now?.resolved.length ?? 0,
      resolveTime: spreadOf(now ? resolveTimes(now) : []),
      kept: { promised: keptOf(facts, promised), assumed: keptOf(facts, assumed) },
      changed: comparisons.filter(({ comparison }) => !['same', 'untested'].includes(comparison.verdict)),
      compared: comparisons.filter(({ comparison }) => comparison.verdict !== 'untested').length,
      figures: metricRows(facts, figureIds).map((row) => ({ ...row, isCount: metricOf(row.id)?.unit === 'count' })),
      trend: lines,
      retrospective: standing.retrospective,
      hasAssumed: assumed.length > 0,
      onlyAssumed: assumed.length > 0 && promised.length === 0,
      published: publishedPeriods(facts),
      feeds: Object.values(feedFiles),
      kpis: kpisOf([...figureIds, 'sla-breached-open', 'at-risk']),
    }
  },
}

function parted<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

function standingOf({ period }: ReportFacts, targets: readonly TargetClocks[]): StandingCount {
  const tallies = targets.map(({ clocks }) => tallyClocks(clocks, period))
  return {
    overdue: tallies.reduce((sum, { overdue }) => sum + overdue.length, 0),
    atRisk: tallies.reduce((sum, { atRisk }) => sum + atRisk.length, 0),
  }
}

function keptOf(facts: ReportFacts, targets: readonly TargetClocks[]): KeptObjectives {
  const judged = targets
    .filter(({ kind }) => kind === 'sla')
    .map((target) => objectiveOf(facts, target))
    .filter(({ reached }) => reached !== null)
  return {
    judged: judged.length,
    missed: judged.flatMap((each) => (each.reached ? [] : [{ ...each, target: words(each.target) }])),
  }
}

function comparisonsOf(trend: readonly PeriodIncidents[], targets: readonly TargetClocks[]): readonly ChangedLine[] {
  const { counts, shares, times } = kpiTable(
    trend,
    targets.filter(({ kind }) => kind === 'sla'),
  )
  return [...counts, ...shares, ...times]
}

/** Pictures are of trends: of one period alone they would say nothing. */
function chartsOf(
  facts: ReportFacts,
  trend: readonly PeriodIncidents[],
  lines: TrendTable,
  targets: readonly TargetClocks[],
): Charts {
  if (lines.lines.filter(({ partial }, at, all) => !partial || at === all.length - 1).length < 2) return {}
  const objectives = targets.flatMap(({ kind, objective }) => (kind === 'sla' && objective !== null ? [objective] : []))
  const { types } = changeCharts(changeTrend(changeLives(facts), facts))
  return {
    ...(lines.most > 0 && { flow: incidentTrendChart(trend) }),
    ...(lines.targets.length > 0 && { kept: keptChart(lines, objectives) }),
    ...(types && { changes: types }),
  }
}

function openLines(figures: PeriodIncidents | undefined): DashboardPage['open'] {
  const groups = new Map<string | null, OpenLine>()
  for (const life of figures?.open ?? []) {
    const priority = valueIn('priority', life.data)
    const { open, onHold, oldest } = groups.get(priority) ?? { open: 0, onHold: 0, oldest: 0 }
    groups.set(priority, {
      priority,
      open: open + 1,
      onHold: onHold + (life.state === 'on_hold' ? 1 : 0),
      oldest: Math.max(oldest, figures ? ageOf(life, figures) : 0),
    })
  }
  const lines = [...groups.values()].sort((a, b) => compare(a.priority ?? '\uffff', b.priority ?? '\uffff'))
  return {
    lines,
    n: lines.reduce((sum, { open }) => sum + open, 0),
    oldest: Math.max(0, ...lines.map(({ oldest }) => oldest)),
    onHold: lines.reduce((sum, { onHold }) => sum + onHold, 0),
  }
}
