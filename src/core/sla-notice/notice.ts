import { compare } from '../diagnostic.ts'
import type { Instant, Seconds } from '../instant.ts'
import type { Reading, ReadingStatus } from '../reading.ts'

/** The clock that a notice is about, and the record that it belongs to. */
export interface NoticedClock {
  readonly record: string
  readonly type: string
  readonly title: string
  readonly file: string
  readonly sla: string
  readonly kind: Reading['kind']
  readonly target: string
  readonly cycle: number
  readonly priority: string
}

/** What people are told of one clock: when it came to be at risk, and when its target was exceeded. */
export interface ClockNotice extends NoticedClock {
  readonly status: ReadingStatus
  readonly due: Instant | null
  readonly stop: Instant | null
  /** `null` where it never was, or where that is over. */
  readonly atRiskAt: Instant | null
  readonly breachedAt: Instant | null
  /** Who is to be told: logins, or `organisation/team`. */
  readonly mentions: readonly string[]
  /** The team that owes it, where one is known. */
  readonly team: string | null
}

/** What is yet to come if nobody does anything. */
export interface ComingInstant extends Pick<NoticedClock, 'record' | 'sla' | 'target' | 'cycle' | 'priority'> {
  readonly at: Instant
  readonly what: 'at_risk' | 'due'
}

/** When clocks are looked at, and how far back and ahead. */
export interface Watch {
  readonly asOf: Instant
  /** A clock that has less than this left is at risk, whatever its agreement says. */
  readonly within: Seconds
  /** How long ago a clock may have ended whose breach is still told. */
  readonly back: Seconds
}

/** As much of a reading as is looked at. */
export type WatchedClock = Pick<
  Reading,
  | ('record' | 'sla' | 'kind' | 'target' | 'cycle' | 'priority' | 'status' | 'start' | 'stop' | 'due')
  | ('atRisk' | 'atRiskAt' | 'retrospective' | 'breaches')
>

/** A reading with what is known of its record. */
export interface WatchedReading extends Pick<NoticedClock, 'type' | 'title' | 'file'> {
  readonly reading: WatchedClock
  readonly mentions: readonly string[]
  readonly team: string | null
}

/** The name of a clock, the same for ever: a notice is found again by it. */
export function clockKey({ record, sla, target, cycle }: Pick<NoticedClock, 'record' | 'sla' | 'target' | 'cycle'>) {
  return `sla:${record}:${sla}:${target}:${cycle}`
}

/** Whether a clock still runs or waits, so that something can be done about it. */
export function isLive({ stop, status }: Pick<Reading, 'stop' | 'status'>): boolean {
  return stop === null && status !== 'cancelled'
}

/** Whether a clock may call for a notice, or for one to come: it still runs or waits, or ended beyond its target lately. */
export function isWatched(reading: WatchedClock, { asOf, back }: Pick<Watch, 'asOf' | 'back'>): boolean {
  const [breachedAt] = reading.breaches
  return isLive(reading) || (breachedAt !== undefined && breachedAt >= asOf - back)
}

/**
 * The notices that clocks call for, the same whenever they are looked at: an open clock that is at risk or beyond its
 * target, and one that has ended beyond it not too long ago. What was filed after the fact calls for none.
 */
export function clockNotices(watched: readonly WatchedReading[], watch: Watch): readonly ClockNotice[] {
  return watched
    .flatMap(({ reading, ...told }): ClockNotice[] => {
      const { record, sla, kind, target, cycle, priority, status, due, stop } = reading
      const [breachedAt = null] = reading.breaches
      const atRiskAt = isLive(reading) ? riskInstant(reading, watch) : null
      if (reading.retrospective || !isWatched(reading, watch) || (atRiskAt === null && breachedAt === null)) return []
      return [{ ...told, record, sla, kind, target, cycle, priority, status, due, stop, atRiskAt, breachedAt }]
    })
    .toSorted((a, b) => firstInstant(a) - firstInstant(b) || compare(clockKey(a), clockKey(b)))
}

/** The instants at which running clocks will be at risk and due, the next first. */
export function comingInstants(watched: readonly WatchedReading[], watch: Watch): readonly ComingInstant[] {
  return watched
    .flatMap(({ reading }): ComingInstant[] => {
      const { record, sla, target, cycle, priority, status, due } = reading
      if (status !== 'running' || reading.stop !== null) return []
      const at = { at_risk: earliestRisk(reading, watch), due }
      return (['at_risk', 'due'] as const).flatMap((what) => {
        const instant = at[what]
        return instant === null || instant <= watch.asOf
          ? []
          : [{ at: instant, what, record, sla, target, cycle, priority }]
      })
    })
    .toSorted((a, b) => a.at - b.at || compare(clockKey(a), clockKey(b)))
}

/** The first instant that a notice tells of. */
export function firstInstant({ atRiskAt, breachedAt }: Pick<ClockNotice, 'atRiskAt' | 'breachedAt'>): Instant {
  return Math.min(atRiskAt ?? Number.POSITIVE_INFINITY, breachedAt ?? Number.POSITIVE_INFINITY)
}

function riskInstant(reading: WatchedClock, watch: Watch): Instant | null {
  const at = earliestRisk(reading, watch)
  return at !== null && at <= watch.asOf ? at : null
}

/** A paused clock comes no closer to its due instant, so only the share that is used up puts it at risk. */
function earliestRisk({ atRiskAt, due, status, start, atRisk }: WatchedClock, { within }: Watch): Instant | null {
  if (status === 'paused') return atRisk ? atRiskAt : null
  const close = within > 0 && due !== null ? Math.max(start, due - within) : null
  return atRiskAt === null || close === null ? (atRiskAt ?? close) : Math.min(atRiskAt, close)
}

/** Where a clock stands, in one or two words. */
export function standingOf({ status, stop, breachedAt, atRiskAt }: ClockNotice): string {
  if (status === 'cancelled') return 'cancelled'
  if (breachedAt !== null) return stop === null ? 'breached' : 'breached, ended'
  if (stop !== null) return 'met'
  return atRiskAt === null ? 'in time again' : 'at risk'
}
