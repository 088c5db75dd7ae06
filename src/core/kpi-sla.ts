import { compare } from './diagnostic.ts'
import type { Instant } from './instant.ts'
import type { Share } from './kpi-figure.ts'
import { countedIncidents } from './kpi-life.ts'
import { addTo } from './lists-by-key.ts'
import { once, onceForBoth } from './once.ts'
import type { Reading } from './reading.ts'
import { type RecordDoc, textAt } from './record.ts'
import type { RecordFacts, ReportFacts } from './report.ts'
import type { TimeSpan } from './time-span.ts'

/** A reading with the record that it belongs to. */
export interface Clock {
  readonly reading: Reading
  readonly record: RecordFacts
}

/** The clocks that count: neither cancelled nor of a cancelled record. */
export function countedClocks(records: readonly RecordFacts[]): readonly Clock[] {
  return countedIncidents(records).flatMap((record) =>
    record.readings.filter(({ status }) => status !== 'cancelled').map((reading) => ({ reading, record })),
  )
}

/** The clocks that count of all records that a report tells of. */
export function clocksOf({ incidents, clocked }: Pick<ReportFacts, 'incidents' | 'clocked'>): readonly Clock[] {
  return clocksAmong(incidents, clocked)
}

const clocksAmong = onceForBoth((incidents: readonly RecordFacts[], clocked: readonly RecordFacts[]) =>
  countedClocks([...incidents, ...clocked]),
)

/** From which share of its target, in percent, a met clock counts as a near miss. */
export const nearMissPercent = 90

/** What became of some clocks: those that stopped in a period, and those that had not stopped at the report's instant. */
export interface ClockTally {
  /** Met, out of met and breached; clocks of retrospective records are not among them. */
  readonly compliance: Share
  /** The same for records that were filed after the fact. */
  readonly retrospective: Share
  /** Largest overrun first. */
  readonly breaches: readonly Clock[]
  /** Met with at least `nearMissPercent` of the target used, closest first. */
  readonly nearMisses: readonly Clock[]
  /** Not stopped, within the target. */
  readonly running: number
  /** Not stopped, beyond the target; largest overrun first. */
  readonly overdue: readonly Clock[]
  /** Not stopped and at risk, soonest due first. */
  readonly atRisk: readonly Clock[]
}

/** Counts clocks: the stopped ones by the period that their stop falls in, the others as they stand. */
export function tallyClocks(clocks: readonly Clock[], { from, until }: TimeSpan): ClockTally {
  const { tallies, ...parted } = partedClocks(clocks)
  const key = `${from} ${until}`
  const known = tallies.get(key) ?? tallyStopped(parted, { from, until })
  tallies.set(key, known)
  return known
}

function tallyStopped({ days, standing }: Omit<PartedClocks, 'tallies'>, { from, until }: TimeSpan): ClockTally {
  const stopped: Clock[] = []
  for (const [day, clocks] of days) {
    if (day < dayOf(from) || day > dayOf(until)) continue
    for (const clock of clocks) if (isStoppedWithin(clock, { from, until })) stopped.push(clock)
  }
  const live = stopped.filter(({ reading }) => !reading.retrospective)
  const late = stopped.filter(({ reading }) => reading.retrospective)
  const breaches = live.filter(isBreached).sort(byOverrun)
  return {
    compliance: { count: live.length - breaches.length, n: live.length },
    retrospective: { count: late.length - late.filter(isBreached).length, n: late.length },
    breaches,
    nearMisses: live.filter((clock) => !isBreached(clock) && isNearMiss(clock)).sort(byOverrun),
    ...standing,
  }
}

/** Clocks parted once for all periods that are asked for. */
interface PartedClocks {
  /** The stopped ones by the day of their stop, counted from 1970 on. */
  readonly days: ReadonlyMap<number, readonly Clock[]>
  readonly standing: Pick<ClockTally, 'running' | 'overdue' | 'atRisk'>
  /** What was counted before, by the period. */
  readonly tallies: Map<string, ClockTally>
}

const partedClocks = once((clocks: readonly Clock[]): PartedClocks => {
  const days = new Map<number, Clock[]>()
  const standing: Clock[] = []
  for (const clock of clocks) {
    const { stop } = clock.reading
    if (stop === null) standing.push(clock)
    else addTo(days, dayOf(stop), clock)
  }
  const overdue = standing.filter(isBreached).sort(byOverrun)
  const atRisk = standing
    .filter((clock) => clock.reading.atRisk && !isBreached(clock))
    .sort((a, b) => (a.reading.due ?? 0) - (b.reading.due ?? 0) || byRecord(a, b))
  return { days, standing: { running: standing.length - overdue.length, overdue, atRisk }, tallies: new Map() }
})

function dayOf(at: Instant): number {
  return Math.floor(at / 86_400)
}

function isStoppedWithin({ reading: { stop } }: Clock, { from, until }: TimeSpan): boolean {
  return stop !== null && stop >= from && stop < until
}

/** Whether a clock has run beyond its target. */
export function isBreached({ reading }: Clock): boolean {
  return reading.status === 'breached'
}

function isNearMiss({ reading: { elapsed, allowed } }: Clock): boolean {
  return elapsed * 100 >= allowed * nearMissPercent
}

function byOverrun(a: Clock, b: Clock): number {
  return b.reading.elapsed - b.reading.allowed - (a.reading.elapsed - a.reading.allowed) || byRecord(a, b)
}

function byRecord(a: Clock, b: Clock): number {
  return (
    compare(a.reading.record, b.reading.record) ||
    compare(a.reading.sla, b.reading.sla) ||
    compare(a.reading.target, b.reading.target) ||
    a.reading.cycle - b.reading.cycle
  )
}

/** The clocks of one target of one SLA. */
export interface TargetClocks {
  readonly sla: string
  readonly title: string
  readonly kind: Reading['kind']
  readonly target: string
  /** Percent of clocks to be met in a period; `null` where the SLA asks for none. */
  readonly objective: number | null
  /** Whether nobody agreed to the target yet. */
  readonly assumed: boolean
  readonly clocks: readonly Clock[]
}

const kindOrder: readonly Reading['kind'][] = ['sla', 'ola', 'contract']

/** The clocks of all records by SLA and target: SLAs before OLAs before contracts, then in order of id and target. */
export function clocksByTarget(facts: Pick<ReportFacts, 'incidents' | 'clocked' | 'slas'>): readonly TargetClocks[] {
  return byTarget(clocksOf(facts), facts.slas)
}

/** The same of incidents alone. */
export function incidentClocksByTarget({
  incidents,
  slas,
}: Pick<ReportFacts, 'incidents' | 'slas'>): readonly TargetClocks[] {
  return byTarget(clocksAmong(incidents, none), slas)
}

const none: readonly RecordFacts[] = []

const byTarget = onceForBoth((clocks: readonly Clock[], slas: readonly RecordDoc[]): readonly TargetClocks[] => {
  const groups = new Map<string, { reading: Reading; clocks: Clock[] }>()
  for (const clock of clocks) {
    const key = JSON.stringify([clock.reading.sla, clock.reading.target])
    const group = groups.get(key)
    if (group) group.clocks.push(clock)
    else groups.set(key, { reading: clock.reading, clocks: [clock] })
  }
  const records = new Map(slas.map((sla) => [sla.id, sla]))
  return [...groups.values()]
    .map(({ reading: { sla, kind, target }, clocks: own }) => ({
      ...{ sla, kind, target },
      clocks: own,
      ...spoken(sla, records.get(sla)),
    }))
    .sort(
      (a, b) =>
        kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || compare(a.sla, b.sla) || compare(a.target, b.target),
    )
})

function spoken(id: string, sla: RecordDoc | undefined): Pick<TargetClocks, 'title' | 'objective' | 'assumed'> {
  const objective = sla?.data['objective']
  return {
    title: sla ? agreementTitle(sla) : id,
    objective: typeof objective === 'number' ? objective : null,
    assumed: sla !== undefined && isAssumed(sla),
  }
}

/** Whether an agreement holds targets that nobody agreed yet. */
export function isAssumed({ data }: RecordDoc): boolean {
  return data['assumed'] === true
}

/** What pages call an agreement: its title, which says of assumed targets that they are. */
export function agreementTitle(sla: RecordDoc): string {
  const title = textAt(sla.data, 'title') ?? sla.id
  return isAssumed(sla) && !/assumed/i.test(title) ? `${title} (assumed)` : title
}

/** Whether a share reaches an objective in percent, in whole numbers; `null` without an objective or without data. */
export function reaches({ count, n }: Share, objective: number | null): boolean | null {
  return objective === null || n === 0 ? null : count * 100 >= objective * n
}
