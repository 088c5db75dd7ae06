import { significance } from './kpi-comparison.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import type { PeriodIncidents, Repeats, Waiting } from './kpi-incident.ts'
import { timeToResolve, valueIn } from './kpi-life.ts'
import { reaches, type TargetClocks, tallyClocks } from './kpi-sla.ts'
import { mannWhitney } from './kpi-statistics.ts'
import { textsAt } from './record.ts'
import type { ReportFacts } from './report.ts'
import { kindText, nameOf, type RecordLink, recordLink } from './report-page.ts'

/**
 * The times to resolve of incidents that changed teams beside those that did not. They say what goes together, not why:
 * hard incidents may take longer and change teams for the same reason.
 */
export interface TeamChanges {
  readonly reassigned: Spread
  readonly direct: Spread
  /** Mann–Whitney; `null` where there are too few on a side. */
  readonly p: number | null
  /** Whether the reassigned ones took longer, beyond chance. */
  readonly slower: boolean
  /** Whether they took less time, beyond chance. */
  readonly quicker: boolean
}

/** Compares what changed teams with what did not, over the incidents resolved in a period. */
export function teamChanges({ resolved }: PeriodIncidents): TeamChanges {
  const times = (moved: boolean): readonly number[] =>
    resolved.filter(({ reassignments }) => reassignments > 0 === moved).flatMap((life) => timeToResolve(life) ?? [])
  const [reassigned, direct] = [spreadOf(times(true)), spreadOf(times(false))]
  const p = mannWhitney(times(true), times(false)) ?? null
  const difference = (reassigned.median ?? 0) - (direct.median ?? 0) || (reassigned.mean ?? 0) - (direct.mean ?? 0)
  const told = p !== null && p < significance
  return { reassigned, direct, p, slower: told && difference > 0, quicker: told && difference < 0 }
}

/** The reason that most waiting time went to, with its share of all of it. */
export interface MainWait {
  readonly reason: string | null
  readonly time: number
  readonly incidents: number
  readonly share: Share
  /** Whether it took more than half. */
  readonly most: boolean
}

/** The reason that took the most waiting time; `null` where nothing waited. */
export function mainWait(waits: readonly Waiting[]): MainWait | null {
  const [first] = waits
  if (!first) return null
  const n = waits.reduce((sum, { time }) => sum + time, 0)
  return { ...first, share: { count: first.time, n }, most: first.time * 2 > n }
}

/** What an SLA, an OLA or a contract asks of a target, and what was reached in the period. */
export interface Objective {
  readonly title: string
  readonly kind: string
  /** The title, with the kind where it is no SLA. */
  readonly name: string
  readonly assumed: boolean
  readonly target: string
  readonly objective: number | null
  readonly compliance: Share
  readonly breached: number
  /** `null` without an objective or without data. */
  readonly reached: boolean | null
}

/** Incidents that keep coming back: a lead to a common cause. The link goes to the latest of them. */
export interface RepeatLead extends RecordLink {
  readonly service: string | null
  readonly category: string | null
  readonly cis: readonly string[]
  readonly repeats: number
  readonly opened: number
}

/** Holds a target against its objective. */
export function objectiveOf(facts: ReportFacts, { title, kind, target, ...asked }: TargetClocks): Objective {
  const { objective, assumed, clocks } = asked
  const { compliance, breaches } = tallyClocks(clocks, facts.period)
  return {
    title,
    kind: kindText(kind),
    name: kind === 'sla' ? title : `${title} (${kindText(kind)})`,
    assumed,
    target,
    objective,
    compliance,
    breached: breaches.length,
    reached: reaches(compliance, objective),
  }
}

/** Names what a group of repeat incidents has in common, on a page that links to the latest of them. */
export function leadOf(facts: ReportFacts, page: string, { lives, repeats }: Repeats['groups'][number]): RepeatLead {
  const last = lives.reduce((latest, life) => (latest.openedAt > life.openedAt ? latest : life))
  return {
    ...recordLink(facts, page, last.incident),
    service: nameOf(facts, 'service', valueIn('service', last.data)),
    category: valueIn('category', last.data),
    cis: textsAt(last.data, 'cis'),
    repeats,
    opened: lives.length,
  }
}
