import { compare } from '../core/diagnostic.ts'
import type { Kpi } from '../core/kpi.ts'
import type { Share } from '../core/kpi-figure.ts'
import { incidentTrend } from '../core/kpi-incident.ts'
import { valueIn } from '../core/kpi-life.ts'
import {
  type Clock,
  clocksByTarget,
  nearMissPercent,
  reaches,
  type TargetClocks,
  tallyClocks,
} from '../core/kpi-sla.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import type { Period } from '../core/period.ts'
import { textAt, textsAt } from '../core/record.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import { type Quote, quotesOn } from '../core/report-improvement.ts'
import {
  type ClockLine,
  clockLines,
  kindText,
  nameOf,
  pageOf,
  type RecordLink,
  recordLink,
} from '../core/report-page.ts'
import { clocksBy, isNotEmpty, type TallyLine, tallyLine } from '../core/report-tally.ts'

interface TargetSection extends TallyLine {
  readonly target: string
  readonly objective: number | null
  /** `null` without an objective or without data. */
  readonly reached: boolean | null
  readonly priorities: readonly TallyLine[]
  /** Compliance in percent over the trend; `null` where there is no data. */
  readonly series: readonly (number | null)[]
}

interface SlaSection extends RecordLink {
  readonly kind: string
  /** Whether nobody agreed to its targets yet. */
  readonly assumed: boolean
  readonly customer: string | null
  readonly targets: readonly TargetSection[]
}

interface ServiceLevelsPage extends Page {
  readonly quotes: readonly Quote[]
  readonly slas: readonly SlaSection[]
  readonly hasAssumed: boolean
  /** Active SLAs whose clocks never ran. */
  readonly silent: readonly RecordLink[]
  readonly services: readonly (TallyLine & { readonly target: string })[]
  readonly breaches: ClockList
  readonly overdue: ClockList
  readonly nearMisses: readonly ClockLine[]
  readonly nearMissesMore: number
  readonly nearMissPercent: number
  readonly stopped: number
  readonly retrospective: Share
  readonly periods: number
  readonly kpis: readonly Kpi[]
}

/** Clocks in three parts: the worst, some more that are folded away, and how many are left out. */
interface ClockList {
  readonly worst: readonly ClockLine[]
  readonly folded: readonly ClockLine[]
  readonly more: number
}

const longestList = 50
const longestOpenList = 10

/** What was promised, and what was kept: every target of every SLA, with each breach by name. */
export const serviceLevels: Report = {
  name: 'service-levels',
  title: 'Service levels',
  summary: 'Each SLA by target, priority and service: met, breached, near misses, objective; every breach by name',
  model(facts: ReportFacts): ServiceLevelsPage {
    const targets = clocksByTarget(facts)
    const clocks = targets.flatMap((target) => target.clocks)
    const all = tallyClocks(clocks, facts.period)
    const periods = incidentTrend({ ...facts, incidents: [] })
      .filter(({ coverage }) => coverage !== 'none')
      .map(({ period }) => period)
    const lines = (list: readonly Clock[]): readonly ClockLine[] =>
      clockLines(facts, 'service-levels', list.slice(0, longestList))
    const inParts = (list: readonly Clock[]): ClockList => ({
      worst: lines(list.slice(0, longestOpenList)),
      folded: lines(list.slice(0, longestList)).slice(longestOpenList),
      more: Math.max(0, list.length - longestList),
    })
    const ran = new Set(targets.map(({ sla }) => sla))
    return {
      ...pageOf(facts, 'service-levels'),
      quotes: quotesOn(facts, 'service-levels'),
      slas: sections(facts, targets, periods),
      hasAssumed: targets.some(({ assumed }) => assumed),
      silent: facts.slas
        .filter(({ id, data }) => !ran.has(id) && (textAt(data, 'state') ?? 'active') === 'active')
        .sort((a, b) => compare(a.id, b.id))
        .map((sla) => recordLink(facts, 'service-levels', sla)),
      services: byService(facts, targets),
      breaches: inParts(all.breaches),
      overdue: inParts(all.overdue),
      nearMisses: lines(all.nearMisses),
      nearMissesMore: Math.max(0, all.nearMisses.length - longestList),
      nearMissPercent,
      stopped: all.compliance.n,
      retrospective: all.retrospective,
      periods: periods.length,
      kpis: kpisOf(['sla-compliance', 'near-misses', 'sla-breached-open']),
    }
  },
}

function sections(
  facts: ReportFacts,
  targets: readonly TargetClocks[],
  periods: readonly Period[],
): readonly SlaSection[] {
  return [...new Set(targets.map(({ sla }) => sla))].flatMap((id) => {
    const own = targets.filter(({ sla }) => sla === id)
    const [first] = own
    if (!first) return []
    const record = facts.slas.find((sla) => sla.id === id)
    const link = record ? recordLink(facts, 'service-levels', record) : { id, href: '', title: id }
    return [
      {
        ...link,
        title: first.title,
        kind: kindText(first.kind),
        assumed: first.assumed,
        customer: (record && textAt(record.data, 'customer')) ?? null,
        targets: own.map((target) => section(facts, target, periods)),
      },
    ]
  })
}

function section(facts: ReportFacts, target: TargetClocks, periods: readonly Period[]): TargetSection {
  const whole = tallyLine(target.target, target.clocks, facts.period)
  const priorities = clocksBy(target.clocks, ({ reading }) => reading.priority)
  return {
    ...whole,
    target: target.target,
    objective: target.objective,
    reached: reaches(whole.compliance, target.objective),
    priorities: priorities
      .map(([priority, clocks]) => tallyLine(priority === 'default' ? 'no priority' : priority, clocks, facts.period))
      .filter(isNotEmpty),
    series: periods.map((period) => {
      const { count, n } = tallyClocks(target.clocks, period).compliance
      return n === 0 ? null : (100 * count) / n
    }),
  }
}

function byService(facts: ReportFacts, targets: readonly TargetClocks[]): ServiceLevelsPage['services'] {
  const slas = targets.filter(({ kind }) => kind === 'sla')
  const names = [...new Set(slas.map(({ target }) => target))].sort(compare)
  return names.flatMap((name) => {
    const clocks = slas.filter(({ target }) => target === name).flatMap((target) => target.clocks)
    return clocksOfServices(clocks)
      .map(([service, own]) => ({
        ...tallyLine(nameOf(facts, 'service', service || null), own, facts.period),
        target: name,
      }))
      .filter(isNotEmpty)
      .sort((a, b) => b.breached + b.overdue - (a.breached + a.overdue) || b.compliance.n - a.compliance.n)
  })
}

/** Clocks by service; those of a record that names several services, as a change does, count for each of them. */
function clocksOfServices(clocks: readonly Clock[]): readonly (readonly [service: string, own: readonly Clock[]])[] {
  const services = ({ record: { data } }: Clock): readonly string[] => {
    const several = textsAt(data, 'services')
    return several.length > 0 ? several : [valueIn('service', data) ?? '']
  }
  return [...new Set(clocks.flatMap(services))]
    .sort(compare)
    .map((service) => [service, clocks.filter((clock) => services(clock).includes(service))])
}
