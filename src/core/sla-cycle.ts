import { type ClockEvent, countingTimes } from './clock-event.ts'
import type { Instant, Seconds } from './instant.ts'
import { textAt } from './record.ts'
import type { SlaEdition } from './service-levels.ts'
import { covers, priorityOf, type Sla, type SlaTarget, valueFor } from './sla.ts'

/** What a clock does between two events. */
export type Phase = 'running' | 'paused' | 'stopped'

/** What one event makes of a clock. */
export interface Beat {
  readonly event: ClockEvent
  readonly index: number
  /** When the event counts. */
  readonly at: Instant
  /** What the clock does from here on. */
  readonly phase: Phase
  /** The state, with its hold reason, that makes it so. */
  readonly reason: string
  /** Whether the agreement covers the record here. */
  readonly covered: boolean
  readonly sla: Sla
  readonly priority: string
  /** Infinite where the agreement has no target for the priority. */
  readonly allowed: Seconds
  readonly calendar: string
}

/** A clock that one target of one agreement would keep from one beginning on, were it alone. */
export interface Cycle {
  readonly sla: string
  readonly kind: Sla['kind']
  readonly target: string
  readonly start: Instant
  readonly beats: readonly Beat[]
  /** The event that took the record out of the teams of `while`, and with it ended the cycle. */
  readonly handover?: Beat
}

/** A version of an agreement, with the edition it stands in. */
interface Version {
  readonly sla: Sla
  readonly target: SlaTarget
  readonly edition: SlaEdition
}

/**
 * The cycles of one target over a record's events, whether or not the agreement covers the record.
 *
 * `binding: at_start` holds the version that was in force at the event that began the cycle; `at_event` follows the
 * versions, the first of which also judges what lay before it, and the last one in force the time in which none is.
 */
export function cyclesOf(
  type: string,
  id: string,
  name: string,
  events: readonly ClockEvent[],
  start: Instant,
): Cycle[] {
  const versions = events.map(({ edition }) => versionIn(edition, id, name))
  const first = versions.find((version) => version !== undefined)
  let resting = first?.sla.binding === 'at_event' ? first : undefined
  const times = new Map<Seconds, readonly Instant[]>()
  const timeOf = (index: number, tolerance: Seconds): Instant => {
    const known = times.get(tolerance) ?? countingTimes(events, start, tolerance)
    times.set(tolerance, known)
    return known[index] ?? start
  }

  const cycles: Cycle[] = []
  let open:
    | { readonly bound: Version | undefined; last: Version; readonly start: Instant; readonly beats: Beat[] }
    | undefined
  const close = (handover?: Beat): void => {
    if (open) cycles.push(cycleOf(open.last, open.start, open.beats, handover))
    open = undefined
  }

  for (const [index, event] of events.entries()) {
    const inForce = versions[index]
    if (inForce) resting = inForce.sla.binding === 'at_event' ? inForce : undefined
    let version = open?.bound ?? inForce ?? open?.last ?? resting
    if (!version) continue
    const before = open?.beats.at(-1)
    let begins = !open && beginsAt(version.target, events, index)
    if (open && before) {
      if (!isAssigned(version.target, event)) {
        close(beatOf(version, { type, event, index, inForce, at: timeOf(index, version.sla.tolerance) }, 'stopped'))
        continue
      }
      if (before.phase === 'stopped' && version.target.onReopen === 'new_cycle' && isReopened(version.target, event)) {
        const following = open.bound ? undefined : open.last
        close()
        version = inForce ?? following
        begins = version !== undefined
      }
    }
    if (!version) continue
    const at = timeOf(index, version.sla.tolerance)
    if (begins) {
      const withRecord = index === 0 && version.target.start.size === 0
      const bound = version.sla.binding === 'at_start' ? version : undefined
      open = { bound, last: version, start: withRecord ? start : at, beats: [] }
    }
    if (!open) continue
    open.last = version
    const phase = phaseAt(version.target, event, open.beats.at(-1)?.phase)
    open.beats.push(beatOf(version, { type, event, index, inForce, at }, phase))
  }
  close()
  return cycles
}

function versionIn(edition: SlaEdition | undefined, id: string, name: string): Version | undefined {
  const sla = edition?.slas.get(id)
  const target = sla?.targets.get(name)
  return edition && sla && target && { sla, target, edition }
}

function cycleOf({ sla, target }: Version, start: Instant, beats: readonly Beat[], handover?: Beat): Cycle {
  return { sla: sla.id, kind: sla.kind, target: target.name, start, beats, ...(handover && { handover }) }
}

/**
 * A clock begins with the record, or where it comes into a start state or, still to be finished, to one of the teams.
 */
function beginsAt(target: SlaTarget, events: readonly ClockEvent[], index: number): boolean {
  const { start, stop, teams } = target
  const isFor = (event: ClockEvent | undefined): boolean => {
    if (!event || !isAssigned(target, event)) return false
    return start.size > 0 ? start.has(event.moment.state) : teams.size > 0 && !stop.has(event.moment.state)
  }
  const [first] = events
  if (index === 0 && start.size === 0) return first !== undefined && isAssigned(target, first)
  return isFor(events[index]) && !isFor(events[index - 1])
}

function isAssigned({ teams }: SlaTarget, { moment }: ClockEvent): boolean {
  return teams.size === 0 || teams.has(textAt(moment.data, 'team') ?? '')
}

/** A clock with `start` states is taken up again in one of them, any other as soon as no state stops it. */
function isReopened({ start, stop }: SlaTarget, { moment: { state } }: ClockEvent): boolean {
  return !stop.has(state) && (start.size === 0 || start.has(state))
}

function phaseAt(target: SlaTarget, event: ClockEvent, before: Phase | undefined): Phase {
  const { state, holdReason } = event.moment
  if (before === 'stopped' && (target.onReopen === 'never' || !isReopened(target, event))) return 'stopped'
  if (target.stop.has(state)) return 'stopped'
  return target.pause.has(state) || target.pause.has(`${state}:${holdReason ?? ''}`) ? 'paused' : 'running'
}

interface At {
  readonly type: string
  readonly event: ClockEvent
  readonly index: number
  readonly inForce: Version | undefined
  readonly at: Instant
}

function beatOf({ sla, target, edition }: Version, { type, event, index, inForce, at }: At, phase: Phase): Beat {
  const { data, state, holdReason } = event.moment
  const priority = priorityOf(data, edition.config.matrix)
  const allowed = valueFor(target.allowed, priority)
  const stands = sla.binding === 'at_start' || inForce !== undefined
  return {
    event,
    index,
    at,
    phase,
    reason: holdReason === undefined ? state : `${state}:${holdReason}`,
    covered: stands && state !== 'cancelled' && allowed !== undefined && covers(sla, type, data, priority),
    sla,
    priority,
    allowed: allowed ?? Number.POSITIVE_INFINITY,
    calendar: valueFor(target.calendar, priority) ?? edition.config.calendar,
  }
}
