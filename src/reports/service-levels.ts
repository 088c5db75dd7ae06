import type { Charts } from '../core/chart/chart.ts'
import { compare } from '../core/diagnostic.ts'
import type { Instant } from '../core/instant.ts'
import type { Kpi } from '../core/kpi.ts'
import type { Share } from '../core/kpi-figure.ts'
import { type Clock, clocksByTarget, nearMissPercent, tallyClocks } from '../core/kpi-sla.ts'
import { type DowntimeComparison, downtimeComparisons } from '../core/measured-downtime.ts'
import { kpisOf } from '../core/metric-catalogue.ts'
import { textAt } from '../core/record.ts'
import type { Page, Report, ReportFacts } from '../core/report.ts'
import { accountOf, type BreachAccount, customersFirst, worstBreaches } from '../core/report-account.ts'
import { type AgreementSection, agreementSections } from '../core/report-agreement.ts'
import { type AvailabilityLine, availabilityLines } from '../core/report-availability.ts'
import { type ClocksByPart, clocksByCustomer, clocksByService } from '../core/report-clocks-by.ts'
import { type Quote, quotesOn } from '../core/report-improvement.ts'
import { type ClockLine, clockLines, nameOf, pageOf, type RecordLink, recordLink } from '../core/report-page.ts'
import { type PromiseLine, promiseLines } from '../core/report-promise.ts'
import { budgetCharts, downtimeCharts } from '../core/report-promise-chart.ts'

interface ServiceLevelsPage extends Page {
  readonly quotes: readonly Quote[]
  readonly charts: Charts
  /** Clocks of all agreements that stopped in the period. */
  readonly stopped: Share
  /** Every target that ran a clock: SLAs before OLAs before contracts. */
  readonly promises: readonly PromiseLine[]
  /** Promises to customers, and those between teams and with suppliers: with an objective and data. */
  readonly customers: Kept
  readonly others: Kept
  /** Targets with data that nobody agreed to. */
  readonly assumed: readonly PromiseLine[]
  /** Targets that became better or worse than before, beyond chance. */
  readonly moved: readonly PromiseLine[]
  readonly compared: boolean
  /** Earlier periods that the history covers in full. */
  readonly earlier: number
  readonly hasAssumed: boolean
  /** Targets with an objective by agreement, for the table of error budgets; `href` is empty where its record is gone. */
  readonly budgets: readonly (Pick<AgreementSection, 'title' | 'href'> & { readonly targets: readonly PromiseLine[] })[]
  readonly overspent: readonly PromiseLine[]
  readonly budgetKeys: readonly string[]
  readonly downtimeKeys: readonly string[]
  readonly availability: readonly AvailabilityLine[]
  /** Downtime that was measured beside what incidents tell. */
  readonly downtimes: readonly DowntimeComparison[]
  readonly agreements: readonly AgreementSection[]
  /** Active SLAs whose clocks never ran. */
  readonly silent: readonly RecordLink[]
  readonly services: readonly ClocksByPart[]
  readonly customersTable: readonly ClocksByPart[]
  readonly breaches: ClockList
  readonly accounts: readonly BreachAccount[]
  readonly overdue: ClockList
  readonly atRisk: ClockList
  /** When the next of the clocks at risk is due; `null` without any. */
  readonly nextDue: Instant | null
  readonly nearMisses: ClockList
  readonly nearMissPercent: number
  readonly retrospective: Share
  readonly periods: number
  /** The first period of the trend. */
  readonly since: string
  readonly kpis: readonly Kpi[]
}

/** How many promises with an objective and data were kept, and those that were not. */
interface Kept {
  readonly share: Share
  readonly missed: readonly PromiseLine[]
}

/** Clocks in three parts: the worst, some more that are folded away, and how many are left out. */
interface ClockList {
  readonly worst: readonly ClockLine[]
  readonly folded: readonly ClockLine[]
  readonly more: number
  readonly all: number
}

const longestList = 50
const longestOpenList = 10
const page = 'service-levels'

/** What was promised, and what was kept: every target of every agreement, with each breach by name. */
export const serviceLevels: Report = {
  name: page,
  title: 'Service levels',
  summary:
    'Each agreement by target, service and customer: kept or not, error budget, breaches by name, what is at risk',
  model(facts: ReportFacts): ServiceLevelsPage {
    const targets = clocksByTarget(facts)
    const clocks = targets.flatMap((target) => target.clocks)
    const all = tallyClocks(clocks, facts.period)
    const promises = promiseLines(facts, targets)
    const availability = availabilityLines(facts, page)
    const sections = agreementSections(facts, page, promises)
    const [budgets, downtimes] = [budgetCharts(facts, promises), downtimeCharts(facts, availability)]
    const points = promises[0]?.points ?? []
    const hasObjective = ({ longBudget }: PromiseLine): boolean => longBudget !== null
    return {
      ...pageOf(facts, page),
      charts: {
        ...budgets,
        ...downtimes,
        ...Object.fromEntries(sections.flatMap(({ chart }) => (chart ? [chart] : []))),
      },
      quotes: quotesOn(facts, page),
      stopped: all.compliance,
      promises,
      customers: kept(promises.filter(({ kind, assumed }) => kind === 'sla' && !assumed)),
      others: kept(promises.filter(({ kind, assumed }) => kind !== 'sla' && !assumed)),
      assumed: promises.filter(({ assumed, compliance }) => assumed && compliance.n > 0),
      moved: promises.filter(({ comparison }) => comparison.verdict === 'better' || comparison.verdict === 'worse'),
      compared: promises.some(({ comparison }) => comparison.verdict !== 'untested'),
      earlier: points.slice(0, -1).filter(({ partial }) => !partial).length,
      hasAssumed: targets.some(({ assumed }) => assumed),
      budgets: sections.flatMap(({ section: { title, href, targets } }) => {
        const lines = targets.map(({ line }) => line).filter(hasObjective)
        return lines.length === 0 ? [] : [{ title, href, targets: lines }]
      }),
      overspent: promises.filter(
        ({ kind, assumed, longBudget }) => kind === 'sla' && !assumed && (longBudget?.left ?? 0) < 0,
      ),
      budgetKeys: Object.keys(budgets),
      downtimeKeys: Object.keys(downtimes),
      availability,
      downtimes: downtimeComparisons(facts, page),
      agreements: sections.map(({ section }) => section),
      silent: silentAgreements(facts, promises),
      services: clocksByService(targets, facts.period).map((line) => ({
        ...line,
        name: nameOf(facts, 'service', line.name),
      })),
      customersTable: clocksByCustomer(targets, facts.slas, facts.period),
      breaches: inParts(facts, customersFirst(all.breaches)),
      accounts: worstBreaches(facts).flatMap((clock) => accountOf(facts.accounts, clock, facts.asOf) ?? []),
      overdue: inParts(facts, customersFirst(all.overdue)),
      atRisk: inParts(facts, all.atRisk),
      nextDue: all.atRisk[0]?.reading.due ?? null,
      nearMisses: inParts(facts, all.nearMisses),
      nearMissPercent,
      retrospective: all.retrospective,
      periods: points.length,
      since: points[0]?.id ?? facts.period.id,
      kpis: kpisOf([
        'sla-compliance',
        'near-misses',
        'sla-breached-open',
        'at-risk',
        'availability',
        'downtime',
        'outages',
      ]),
    }
  },
}

function kept(promises: readonly PromiseLine[]): Kept {
  const judged = promises.filter(({ reached }) => reached !== null)
  const missed = judged.filter(({ reached }) => reached === false)
  return { share: { count: judged.length - missed.length, n: judged.length }, missed }
}

function inParts(facts: ReportFacts, list: readonly Clock[]): ClockList {
  const lines = clockLines(facts, page, list.slice(0, longestList))
  return {
    worst: lines.slice(0, longestOpenList),
    folded: lines.slice(longestOpenList),
    more: Math.max(0, list.length - longestList),
    all: list.length,
  }
}

function silentAgreements(facts: ReportFacts, promises: readonly PromiseLine[]): readonly RecordLink[] {
  const ran = new Set(promises.map(({ sla }) => sla))
  return facts.slas
    .filter(({ id, data }) => !ran.has(id) && (textAt(data, 'state') ?? 'active') === 'active')
    .toSorted((a, b) => compare(a.id, b.id))
    .map((sla) => recordLink(facts, page, sla))
}
