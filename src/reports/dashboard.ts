import { compare } from '../core/diagnostic.ts'
import type { Seconds } from '../core/instant.ts'
import type { Kpi } from '../core/kpi.ts'
import type { Share } from '../core/kpi-figure.ts'
import { ageOf, incidentTrend, type PeriodIncidents } from '../core/kpi-incident.ts'
import { valueIn } from '../core/kpi-life.ts'
import { clocksByTarget, countedClocks, tallyClocks } from '../core/kpi-sla.ts'
import { type KpiTable, kpiTable } from '../core/kpi-table.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import type { Page, PageLink, Report, ReportFacts } from '../core/report.ts'
import { type ClockLine, clockLines, pageOf, publishedPeriods } from '../core/report-page.ts'
import { type TrendTable, trendTable } from '../core/report-trend.ts'

/** The open incidents of one priority. */
interface OpenLine {
  readonly priority: string | null
  readonly open: number
  readonly onHold: number
  /** Age of the oldest. */
  readonly oldest: Seconds
}

interface DashboardPage extends Page {
  readonly open: { readonly lines: readonly OpenLine[]; readonly n: number; readonly onHold: number }
  readonly overdue: readonly ClockLine[]
  readonly overdueMore: number
  readonly atRisk: readonly ClockLine[]
  readonly atRiskMore: number
  readonly table: KpiTable
  readonly trend: TrendTable
  /** The clocks of records that were filed after the fact and stopped in the period. */
  readonly retrospective: Share
  /** Whether some targets are assumed. */
  readonly hasAssumed: boolean
  readonly published: readonly PageLink[]
  readonly kpis: readonly Kpi[]
}

const longestList = 10

/** What is open, at risk and breached now, and how the period compares with the ones before. */
export const dashboard: Report = {
  name: 'dashboard',
  title: 'Dashboard',
  summary: 'What is open, at risk and breached now; the period against the one before; the trend; links',
  model(facts: ReportFacts): DashboardPage {
    const trend = incidentTrend(facts)
    const targets = clocksByTarget({ ...facts, clocked: [] })
    const standing = tallyClocks(countedClocks([...facts.incidents, ...facts.clocked]), facts.period)
    return {
      ...pageOf(facts, 'dashboard'),
      open: openLines(trend.at(-1)),
      overdue: clockLines(facts, 'dashboard', standing.overdue.slice(0, longestList)),
      overdueMore: Math.max(0, standing.overdue.length - longestList),
      atRisk: clockLines(facts, 'dashboard', standing.atRisk.slice(0, longestList)),
      atRiskMore: Math.max(0, standing.atRisk.length - longestList),
      table: kpiTable(
        trend,
        targets.filter(({ kind }) => kind === 'sla'),
      ),
      trend: trendTable(trend, targets, facts.since),
      retrospective: standing.retrospective,
      hasAssumed: targets.some(({ assumed }) => assumed),
      published: publishedPeriods(facts),
      kpis: kpisOf([
        'opened',
        'resolved',
        'backlog',
        'mttr',
        'mtta',
        'reopen-rate',
        'first-assignment',
        'repeat-incidents',
        'sla-compliance',
        'sla-breached-open',
        'at-risk',
      ]),
    }
  },
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
    onHold: lines.reduce((sum, { onHold }) => sum + onHold, 0),
  }
}
