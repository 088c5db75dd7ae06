import type { Provenance } from './history.ts'
import type { Instant, Seconds } from './instant.ts'

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
  /** Open seconds that counted. */
  readonly elapsed: Seconds
  /** Seconds on the wall from start to stop or as-of. */
  readonly wall: Seconds
  /** Open seconds spent paused. */
  readonly paused: Seconds
  /** The target in force, in open seconds. */
  readonly allowed: Seconds
  readonly atRisk: boolean
  readonly provenance: Provenance
  /** Born resolved or closed: filed after the fact, shown apart in every compliance figure. */
  readonly retrospective: boolean
  /** Instants at which a target then in force was exceeded; stays even when a later priority forgives it. */
  readonly breaches: readonly Instant[]
}
