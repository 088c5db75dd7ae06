import type { Calendar } from './calendar.ts'
import { type ClockEvent, isDeclared } from './clock-event.ts'
import type { MainlineCommit } from './history.ts'
import type { Instant, Seconds } from './instant.ts'
import { calendarAt, calendarOver, type ServiceLevels } from './service-levels.ts'
import type { AssignedCycle } from './sla-assignment.ts'
import type { Beat, Phase } from './sla-cycle.ts'

/** What began a stretch of a clock, and whether its instant was recorded or is what the record declares. */
export interface Edge {
  readonly commit: MainlineCommit
  readonly basis: 'recorded' | 'declared'
}

/** A stretch of a clock's life in which nothing changes but the calendar's own opening and closing. */
export interface ClockSpan {
  readonly from: Instant
  readonly until: Instant
  readonly phase: Phase
  /** The state, with its hold reason, that the record stood in. */
  readonly reason: string
  readonly priority: string
  readonly allowed: Seconds
  readonly calendarId: string
  readonly calendar: Calendar
  /** The commits that wrote the version of the agreement, and of the calendar, where they are known. */
  readonly agreementCommit?: string
  readonly calendarCommit?: MainlineCommit
  /** The commit that removed the calendar while its version stood, before the stretch ended. */
  readonly calendarRemoved?: MainlineCommit
  /** Open seconds, whether they count or not. */
  readonly open: Seconds
  readonly edge?: Edge
}

/** The life of one cycle, from its start to where it stopped, was cancelled, or is looked at. */
export interface ClockAccount {
  /** They tile the time from start to end. */
  readonly spans: readonly ClockSpan[]
  readonly start: Instant
  readonly end: Instant
  readonly outcome: 'stopped' | 'cancelled' | 'running' | 'paused'
  /** What ended it, unless it goes on. */
  readonly endEdge?: Edge
  /** The event that gave the record to another team and so ended the clock of those before. */
  readonly handover?: ClockEvent
  /** The terms in force at the end. */
  readonly terms: Beat
  readonly calendar: Calendar
}

/** Lays out the life of a cycle as of an instant. */
export function clockAccount(
  { cycle, beats, cancelled }: AssignedCycle,
  levels: ServiceLevels,
  asOf: Instant,
): ClockAccount | undefined {
  const [first] = beats
  if (!first) return undefined
  const birth: Part = { from: cycle.start, beat: first, phase: 'running', edge: birthEdge(cycle.start, first) }
  const parts: Part[] = [birth]
  for (const beat of beats) {
    if (isSameStretch(parts.at(-1) ?? birth, beat)) continue
    if (parts.length > 1 && parts.at(-1)?.from === beat.at) parts.pop()
    if (isSameStretch(parts.at(-1) ?? birth, beat)) continue
    parts.push({ from: beat.at, beat, phase: beat.phase, edge: edgeOf(beat) })
  }
  const last = parts.at(-1) ?? birth
  const ending = cancelled ?? (last.phase === 'stopped' ? undefined : cycle.handover)
  const end = last.phase === 'stopped' ? last.from : (ending?.at ?? asOf)
  const spans = parts.flatMap((part, index) => spansOf(part, parts[index + 1]?.from ?? end, levels))
  const endEdge = last.phase === 'stopped' ? last.edge : ending && edgeOf(ending)
  return {
    spans,
    start: cycle.start,
    end,
    outcome: cancelled ? 'cancelled' : cycle.handover && last.phase !== 'stopped' ? 'stopped' : last.phase,
    ...(endEdge && { endEdge }),
    ...(ending && ending === cycle.handover && { handover: ending.event }),
    terms: last.beat,
    calendar: calendarAt(levels, last.beat.calendar, end).calendar,
  }
}

/** A stretch in which neither the phase nor the terms change. */
interface Part {
  readonly from: Instant
  readonly beat: Beat
  readonly phase: Phase
  readonly edge: Edge
}

/** Whether an event changes nothing for the clock; a stopped clock keeps the terms it stopped with. */
function isSameStretch({ beat, phase }: Part, next: Beat): boolean {
  if (phase === 'stopped' && next.phase === 'stopped') return true
  return (
    phase === next.phase &&
    beat.sla === next.sla &&
    beat.priority === next.priority &&
    beat.allowed === next.allowed &&
    beat.calendar === next.calendar &&
    beat.reason === next.reason
  )
}

function birthEdge(start: Instant, first: Beat): Edge {
  return { commit: first.event.commit, basis: start < first.at ? 'declared' : edgeOf(first).basis }
}

function edgeOf({ event, sla, at }: { event: ClockEvent; sla: Beat['sla']; at: Instant }): Edge {
  const basis = isDeclared(event, sla.tolerance) && at < event.commit.at ? 'declared' : 'recorded'
  return { commit: event.commit, basis }
}

function spansOf({ from, beat, phase, edge }: Part, until: Instant, levels: ServiceLevels): readonly ClockSpan[] {
  if (until <= from) return []
  return calendarOver(levels, beat.calendar, from, until).map((piece, index) => {
    const { calendar, commit, removed } = piece.version
    const cause = index === 0 ? edge : commit && ({ commit, basis: 'recorded' } as const)
    return {
      from: piece.from,
      until: piece.until,
      phase,
      reason: beat.reason,
      priority: beat.priority,
      allowed: beat.allowed,
      calendarId: beat.calendar,
      calendar,
      ...(beat.sla.version !== undefined && { agreementCommit: beat.sla.version }),
      ...(commit && { calendarCommit: commit }),
      ...(removed && removed.at < piece.until && { calendarRemoved: removed }),
      open: calendar.elapsed(piece.from, piece.until),
      ...(cause && { edge: cause }),
    }
  })
}
