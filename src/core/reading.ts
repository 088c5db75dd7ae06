import type { Provenance } from './history.ts'
import type { Instant, Seconds } from './instant.ts'
import type { RecordGap } from './record-gap.ts'
import type { TargetTerm } from './target-history.ts'

/** Where a clock stands. `breached` as soon as elapsed exceeds allowed, running or stopped. */
export type ReadingStatus = 'running' | 'paused' | 'met' | 'breached' | 'cancelled'

/** One clock of one record: one target of one SLA in one cycle, as of an instant. Derived, never stored. */
export interface Reading {
  readonly record: string
  readonly sla: string
  readonly kind: 'sla' | 'ola' | 'contract'
  /** Name of the target in the SLA: `response`, `resolution`. */
  readonly target: string
  /** 1 for the first; more where `on_reopen: new_cycle` or `while` starts the clock anew. */
  readonly cycle: number
  readonly priority: string
  readonly status: ReadingStatus
  readonly start: Instant
  /** `null` while the clock has not stopped. */
  readonly stop: Instant | null
  /** When the target is used up if the clock runs from as-of on; at a stop, what it was then; `null` when cancelled. */
  readonly due: Instant | null
  /** The first open instant from `due` on: a target used up at closing time is still kept until the next opening. */
  readonly dueEffective: Instant | null
  /** Open seconds that counted. */
  readonly elapsed: Seconds
  /** Seconds on the wall from start to stop or as-of. */
  readonly wall: Seconds
  /** Open seconds spent paused. */
  readonly paused: Seconds
  /** The target in force, in open seconds. */
  readonly allowed: Seconds
  readonly atRisk: boolean
  /**
   * When the at-risk percentage of the target is reached, counted in opening hours as `due` is; where a new target was
   * past it from the first, the first open instant under it. `null` when cancelled or never.
   */
  readonly atRiskAt: Instant | null
  readonly provenance: Provenance
  /**
   * Whether it rests on a commit whose date others contradict: its true time is not known, so that nothing is proved.
   */
  readonly doubtful: boolean
  /** Born resolved or closed: filed after the fact, shown apart in every compliance figure. */
  readonly retrospective: boolean
  /** When the record could not be known while the clock went on as before: its file was unreadable or gone. */
  readonly gaps: readonly RecordGap[]
  /** Instants at which a target then in force was exceeded; stays even when a later priority forgives it. */
  readonly breaches: readonly Instant[]
  /** The targets that judged the cycle, oldest first; the last is the one in force. */
  readonly targetHistory: readonly TargetTerm[]
  /** Whether a change of priority put the clock beyond a target, having been within the one before. */
  readonly breachedOnReprioritise: boolean
  /** Whether it was cancelled when its target had been exceeded already. */
  readonly cancelledLate: boolean
  /**
   * By how much the record's instants were recorded later than it declares them, the farthest apart; negative for
   * declared times in the future, `null` where it declares none.
   */
  readonly skew: Seconds | null
}

/** The priority of a clock in words: records of many types, such as requests and changes, have none. */
export function priorityText(priority: string): string {
  return priority === 'default' ? 'none' : priority
}

/** When the next of some clocks is due, one already overdue included; `null` when none of them runs. */
export function nextDue(readings: readonly Reading[]): Instant | null {
  const dues = readings.flatMap(({ stop, status, due }) => {
    return stop === null && due !== null && (status === 'running' || status === 'breached') ? [due] : []
  })
  return dues.length === 0 ? null : dues.reduce((a, b) => Math.min(a, b))
}
