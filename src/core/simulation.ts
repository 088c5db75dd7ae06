import type { AgreementDifference } from './agreements.ts'
import type { ClockedRecord } from './clock-event.ts'
import { compare } from './diagnostic.ts'
import type { Instant } from './instant.ts'
import type { Share } from './kpi-figure.ts'
import { isWithin } from './period.ts'
import type { Reading } from './reading.ts'
import type { ServiceLevels } from './service-levels.ts'
import { readings } from './sla-reading.ts'
import type { TimeSpan } from './time-span.ts'

/** One side of a simulation: the agreements that judge, and the records as they would have been under them. */
export interface SimulatedSide {
  readonly levels: ServiceLevels
  readonly records: readonly ClockedRecord[]
  /** Percent of cycles to be met, by agreement. */
  readonly objectives: ReadonlyMap<string, number>
}

/** How the cycles of one target came out. Retrospective ones are told apart, as in every compliance figure. */
export interface CycleTally {
  /** Met, of those that stopped in the period. */
  readonly compliance: Share
  /** Open and beyond the target at the instant of the simulation. */
  readonly overdue: number
  /** The compliance of records that were filed after the fact. */
  readonly retrospective: Share
}

/** One target of one agreement, or of all agreements of a kind, on both sides. */
export interface SimulatedLine {
  /** `null` for all agreements of the kind together. */
  readonly sla: string | null
  readonly kind: Reading['kind']
  readonly target: string
  readonly before: CycleTally
  readonly after: CycleTally
  /** Percent of cycles to be met; `null` where none is agreed. */
  readonly objective: { readonly before: number | null; readonly after: number | null }
  /** Cycles that count on one side only: no agreement covers them on the other, or their clock stops elsewhere. */
  readonly onlyBefore: number
  readonly onlyAfter: number
}

/** What the other agreements make of one cycle. */
export type Effect = 'breached' | 'met' | 'only_before' | 'only_after'

/** A cycle that counts on at least one side; `null` on the side where it does not. */
export interface SimulatedCycle {
  readonly type: string
  readonly record: string
  readonly before: Reading | null
  readonly after: Reading | null
  /** Absent where it comes out the same. */
  readonly effect?: Effect
}

/** What readings were, and what they would have been. */
export interface Simulation {
  /** SLAs before OLAs before contracts, then by agreement and target. */
  readonly lines: readonly SimulatedLine[]
  /** All agreements of a kind together, for targets that several agreements have. */
  readonly totals: readonly SimulatedLine[]
  /** The cycles that come out otherwise, newly breached ones first. */
  readonly effects: readonly SimulatedCycle[]
  /** How many cycles come out the same although the clock shows something else, or is allowed something else. */
  readonly readOtherwise: number
}

/** A simulation with what makes it repeatable. */
export interface SimulatedPeriod extends Simulation {
  readonly span: TimeSpan
  /** The zone of the reports. */
  readonly zone: string
  readonly asOf: Instant
  /** The commit that the history was read up to. */
  readonly commit: string
  /** What differs between the agreements of that commit and the other ones. */
  readonly differences: readonly AgreementDifference[]
}

/** What a change of agreements would have made of a past period, or why that cannot be told. */
export type SlaEffect = SimulatedPeriod | { readonly unknown: string; readonly cure: string }

/**
 * Reads the clocks of a period under two sets of agreements, as of one instant, and holds them side by side.
 *
 * What counts are the cycles that stopped in the period, as in the report on service levels, and those that stood open
 * beyond their target at the instant. Cancelled cycles never count. The cycles of the two sides are paired by record,
 * kind, target and order, whichever agreement has the clock.
 */
export function simulate(before: SimulatedSide, after: SimulatedSide, span: TimeSpan, asOf: Instant): Simulation {
  const [were, would] = [before, after].map((side) => cyclesIn(side, span, asOf))
  const pairs = paired(were ?? [], would ?? [])
  const lines = linesBy(pairs, ({ sla }) => sla, [before.objectives, after.objectives])
  const totals = linesBy(pairs, () => null, [new Map(), new Map()])
  return {
    lines,
    totals: totals.filter(
      (total) => lines.filter(({ kind, target }) => kind === total.kind && target === total.target).length > 1,
    ),
    effects: pairs.filter(({ effect }) => effect !== undefined).toSorted(byEffect),
    readOtherwise: pairs.filter((pair) => pair.effect === undefined && isReadOtherwise(pair)).length,
  }
}

/** A cycle of one side: what tells it from others, and whether it counts in the period. */
interface SideCycle {
  readonly key: string
  readonly type: string
  readonly reading: Reading
  readonly counts: boolean
}

function cyclesIn({ records, levels }: SimulatedSide, span: TimeSpan, asOf: Instant): readonly SideCycle[] {
  return records.flatMap((record) => {
    const numbers = new Map<string, number>()
    return readings(record, levels, asOf)
      .filter(({ status }) => status !== 'cancelled')
      .toSorted((a, b) => a.start - b.start || compare(a.sla, b.sla))
      .map((reading) => {
        const clock = JSON.stringify([record.type, record.id, reading.kind, reading.target])
        const number = (numbers.get(clock) ?? 0) + 1
        numbers.set(clock, number)
        return { key: `${clock} ${number}`, type: record.type, reading, counts: countsIn(reading, span) }
      })
  })
}

function countsIn({ stop, status }: Reading, span: TimeSpan): boolean {
  return stop === null ? status === 'breached' : isWithin(span, stop)
}

function paired(before: readonly SideCycle[], after: readonly SideCycle[]): readonly SimulatedCycle[] {
  const would = new Map(after.map((cycle) => [cycle.key, cycle]))
  const were = new Map(before.map((cycle) => [cycle.key, cycle]))
  return [...new Set([...were.keys(), ...would.keys()])].flatMap((key) => {
    const [one, other] = [were.get(key), would.get(key)]
    const [was, is] = [one, other].map((cycle) => (cycle?.counts ? cycle.reading : null))
    const known = one ?? other
    if (!known || (!was && !is)) return []
    const effect = effectOf(was ?? null, is ?? null)
    const { type, reading } = known
    return [{ type, record: reading.record, before: was ?? null, after: is ?? null, ...(effect && { effect }) }]
  })
}

function effectOf(before: Reading | null, after: Reading | null): Effect | undefined {
  if (!before) return 'only_after'
  if (!after) return 'only_before'
  if (before.status === after.status) return undefined
  return after.status === 'breached' ? 'breached' : 'met'
}

function isReadOtherwise({ before, after }: SimulatedCycle): boolean {
  return before?.elapsed !== after?.elapsed || before?.allowed !== after?.allowed
}

const kinds: readonly Reading['kind'][] = ['sla', 'ola', 'contract']
const effects: readonly (Effect | undefined)[] = ['breached', 'met', 'only_before', 'only_after']

function linesBy(
  cycles: readonly SimulatedCycle[],
  slaOf: (reading: Reading) => string | null,
  [goals, otherGoals]: readonly [ReadonlyMap<string, number>, ReadonlyMap<string, number>],
): readonly SimulatedLine[] {
  const groups = new Map<string, { sla: string | null; reading: Reading; before: Reading[]; after: Reading[] }>()
  const counts = new Map<string, { onlyBefore: number; onlyAfter: number }>()
  const group = (reading: Reading) => {
    const sla = slaOf(reading)
    const key = JSON.stringify([reading.kind, sla, reading.target])
    const known = groups.get(key) ?? { sla, reading, before: [], after: [] }
    const count = counts.get(key) ?? { onlyBefore: 0, onlyAfter: 0 }
    groups.set(key, known)
    counts.set(key, count)
    return { key, ...known, count }
  }
  for (const { before, after } of cycles) {
    const [one, other] = [before && group(before), after && group(after)]
    if (before && one) one.before.push(before)
    if (after && other) other.after.push(after)
    if (one && one.key !== other?.key) one.count.onlyBefore += 1
    if (other && other.key !== one?.key) other.count.onlyAfter += 1
  }
  return [...groups]
    .map(
      ([
        key,
        {
          sla,
          reading: { kind, target },
          before,
          after,
        },
      ]) => ({
        sla,
        kind,
        target,
        before: tally(before),
        after: tally(after),
        objective: { before: goals.get(sla ?? '') ?? null, after: otherGoals.get(sla ?? '') ?? null },
        ...(counts.get(key) ?? { onlyBefore: 0, onlyAfter: 0 }),
      }),
    )
    .toSorted(
      (a, b) =>
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        compare(a.sla ?? '', b.sla ?? '') ||
        compare(a.target, b.target),
    )
}

function tally(found: readonly Reading[]): CycleTally {
  const stopped = found.filter(({ stop }) => stop !== null)
  const share = (of: readonly Reading[]): Share => ({
    count: of.filter(({ status }) => status === 'met').length,
    n: of.length,
  })
  return {
    compliance: share(stopped.filter(({ retrospective }) => !retrospective)),
    overdue: found.length - stopped.length,
    retrospective: share(stopped.filter(({ retrospective }) => retrospective)),
  }
}

function byEffect(a: SimulatedCycle, b: SimulatedCycle): number {
  const [one, other] = [a.after ?? a.before, b.after ?? b.before]
  return (
    effects.indexOf(a.effect) - effects.indexOf(b.effect) ||
    overrun(b) - overrun(a) ||
    compare(a.record, b.record) ||
    compare(one?.target ?? '', other?.target ?? '') ||
    (one?.start ?? 0) - (other?.start ?? 0)
  )
}

/** By how much the side on which it is breached lies beyond the target. */
function overrun({ before, after }: SimulatedCycle): number {
  return Math.max(...[before, after].map((reading) => (reading ? reading.elapsed - reading.allowed : -Infinity)))
}
