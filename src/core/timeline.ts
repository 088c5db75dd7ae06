import type { MainlineCommit } from './history.ts'
import type { Instant } from './instant.ts'
import type { Data } from './record.ts'

/**
 * What a record became at one step: the unit that SLA clocks are computed from.
 *
 * A mainline commit gives one moment for each step that it brings (several when `log` names several), and one moment
 * without a step when it changes other fields only. Moments are in mainline order and their `recorded` never decreases.
 */
export interface Moment {
  readonly commit: MainlineCommit
  /** When the mainline learnt of it: `commit.at`. */
  readonly recorded: Instant
  /** What the step's own `log` entry says, where there is one. */
  readonly declared?: Instant
  readonly state: string
  /** `hold_reason` of the step's log entry, else of the record; only while the state is `on_hold`. */
  readonly holdReason?: string
  /** The whole record as of this commit. */
  readonly data: Data
}
