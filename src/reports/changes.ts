import { conflictFacts } from '../core/conflict-facts.ts'
import { compare } from '../core/diagnostic.ts'
import type { Seconds } from '../core/instant.ts'
import type { Share } from '../core/kpi-figure.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import { type ChangeLife, changeLives, reached } from '../core/report-change.ts'
import { changeCharts } from '../core/report-change-chart.ts'
import { type DeliveryLine, deliveryLines } from '../core/report-change-delivery.ts'
import { type ChangeFigures, changeFigures } from '../core/report-change-figure.ts'
import { harmOf, harms } from '../core/report-change-harm.ts'
import { type ChangeKpi, changeKpis } from '../core/report-change-kpi.ts'
import {
  changeLine,
  type DeviationLine,
  deviationLines,
  type EmergencyLine,
  emergencyLines,
  type FreezeLine,
  type HarmLine,
  harmLines,
  type TroubleLine,
  troubleLines,
  type WaiverLine,
  waiverLines,
} from '../core/report-change-list.ts'
import { type PlanTable, planTable } from '../core/report-change-plan.ts'
import { changesByService, type ServiceChanges } from '../core/report-change-service.ts'
import { type ChangeComparison, type ChangeTrend, changeTrend } from '../core/report-change-trend.ts'
import { brokenFreezes } from '../core/report-change-window.ts'
import { metricFactsOf, type Quote, quotesOn } from '../core/report-improvement.ts'
import { nameOf, pageOf, words } from '../core/report-page.ts'

/** The open changes in one state. */
interface OpenLine {
  readonly state: string
  readonly open: number
  /** Time since the oldest of them was first recorded. */
  readonly oldest: Seconds
}

interface ChangesPage extends Page {
  readonly quotes: readonly Quote[]
  readonly hasCharts: boolean
  /** Closed in the period. */
  readonly closed: number
  readonly figures: ChangeFigures
  /** What changed against the earlier periods beyond chance, and whether anything could be compared. */
  readonly told: readonly ChangeComparison[]
  readonly compared: boolean
  readonly trend: ChangeTrend
  /** How many earlier periods the history covers in full. */
  readonly earlier: number
  readonly trouble: readonly TroubleLine[]
  readonly emergencies: readonly EmergencyLine[]
  /** Emergencies whose approval came late or not at all. */
  readonly unratified: number
  readonly deviations: readonly DeviationLine[]
  readonly frozen: readonly FreezeLine[]
  readonly waivers: readonly WaiverLine[]
  readonly harms: readonly HarmLine[]
  /** Incidents opened in the period that a change caused, of all opened in it. */
  readonly harm: Share
  /** The service with the most such incidents; `null` without any. */
  readonly hurtMost: (ServiceChanges & { readonly name: string | null }) | null
  readonly services: readonly (ServiceChanges & { readonly name: string | null })[]
  /** DORA's five, by service. */
  readonly delivery: readonly (DeliveryLine & { readonly name: string })[]
  readonly open: readonly OpenLine[]
  readonly openChanges: number
  /** Whether any change is known, of whatever time. */
  readonly recorded: boolean
  readonly plan: PlanTable
  readonly kpis: readonly ChangeKpi[]
}

/** What was changed, how well it went, whether the rules were kept, and what is planned next. */
export const changes: Report = {
  name: 'changes',
  title: 'Changes',
  summary: 'Success and failure, types, lead times, rules kept or not, incidents caused, and the weeks ahead',
  model(facts: ReportFacts): ChangesPage {
    const page = 'changes'
    const { period } = facts
    const all = changeLives(facts)
    const [closed, ended] = [reached(all, 'closedAt', period), reached(all, 'endedAt', period)]
    const caused = harmOf(facts, all)
    const trend = changeTrend(all, facts)
    const services = changesByService(closed, caused.harms).map((line) => ({
      ...line,
      name: nameOf(facts, 'service', line.service),
    }))
    const emergencies = emergencyLines(facts, page, reached(all, 'startedAt', period))
    const conflicts = conflictFacts(facts.tree, facts.rulebook)
    const open = openLines(all, facts)
    const history = metricFactsOf(facts)
    const charts = changeCharts(trend)
    return {
      ...pageOf(facts, page),
      charts,
      hasCharts: Object.keys(charts).length > 0,
      quotes: quotesOn(facts, page),
      closed: closed.length,
      figures: changeFigures(history, period),
      delivery: deliveryLines(
        history,
        period,
        facts.services.map(({ id }) => id),
      ).map((line) => ({
        ...line,
        name: nameOf(facts, 'service', line.service) ?? line.service,
      })),
      told: trend.comparisons.filter(({ comparison }) => !['same', 'untested'].includes(comparison.verdict)),
      compared: trend.comparisons.some(({ comparison }) => comparison.verdict !== 'untested'),
      trend,
      earlier: trend.lines.slice(0, -1).filter(({ partial }) => !partial).length,
      trouble: troubleLines(facts, page, worked(closed, ended), harms(facts.incidents, all)),
      emergencies,
      unratified: emergencies.filter(
        ({ allowance }) => allowance.kind === 'overdue' || (allowance.kind === 'after' && allowance.late),
      ).length,
      deviations: deviationLines(facts, page, ended),
      frozen: ended.flatMap((change) =>
        brokenFreezes(change, conflicts).map((freeze) => ({ ...changeLine(facts, page, change), freeze })),
      ),
      waivers: waiverLines(facts, page, reached(all, 'scheduledAt', period)),
      harms: harmLines(facts, page, caused.harms),
      harm: { count: new Set(caused.harms.map(({ incident }) => incident.id)).size, n: caused.opened },
      hurtMost: services.filter(({ harms: own }) => own > 0).toSorted((a, b) => b.harms - a.harms)[0] ?? null,
      services,
      open,
      openChanges: open.reduce((sum, line) => sum + line.open, 0),
      recorded: all.length > 0,
      plan: planTable(facts, page, Math.min(facts.asOf, period.until)),
      kpis: changeKpis(),
    }
  },
}

/** The changes closed or over in the period, each once, in order of id. */
function worked(closed: readonly ChangeLife[], ended: readonly ChangeLife[]): readonly ChangeLife[] {
  return [...new Set([...closed, ...ended])].toSorted((a, b) => compare(a.id, b.id))
}

/** Over for a reader, though it may be reworked. */
const rejected = 'rejected'

function openLines(all: readonly ChangeLife[], { rulebook, asOf, period }: ReportFacts): readonly OpenLine[] {
  const states = [...(rulebook.types.get('change')?.lifecycle?.states.values() ?? [])]
  const end = Math.min(asOf, period.until)
  return states
    .filter(({ name, final }) => !final && name !== rejected)
    .flatMap(({ name }) => {
      const born = all.filter(({ state }) => state === name).map(({ bornAt }) => end - bornAt)
      return born.length === 0 ? [] : [{ state: words(name), open: born.length, oldest: Math.max(0, ...born) }]
    })
}
