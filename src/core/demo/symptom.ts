/**
 * Something that goes wrong now and then, with all the ways in which it shows and ends. `{word}` is filled from
 * `words`.
 */
export interface Symptom {
  readonly service: string
  /** What is concerned: all of them, or with `single` one of them, `{ci}` in the texts. */
  readonly cis: readonly string[]
  readonly single?: true
  readonly category: string
  /** Who takes it first. */
  readonly team: string
  /** Who gets it when it turns out to lie deeper. */
  readonly deeper?: string
  readonly impact: Level
  readonly urgency: Level
  readonly origins: readonly [Origin, ...Origin[]]
  readonly titles: readonly [string, ...string[]]
  readonly observed: readonly [string, ...string[]]
  readonly cures: readonly [Cure, ...Cure[]]
  /** What it may have to wait for; the usual reasons when absent. */
  readonly waits?: readonly [HoldReason, ...HoldReason[]]
  /** Occurs half as often as the others. */
  readonly rare?: true
  /** The last day on which it can occur; for ever when absent. */
  readonly until?: string
}

/** Impact or urgency. */
export type Level = 'high' | 'medium' | 'low'

/** How a report came in. */
export type Origin = 'monitoring' | 'phone' | 'mail' | 'portal' | 'chat' | 'in_person' | 'direct'

/** What the work can wait for, as the schema of incidents lists it. */
export type HoldReason =
  | 'awaiting_caller'
  | 'awaiting_vendor'
  | 'awaiting_change'
  | 'awaiting_problem'
  | 'awaiting_evidence'

/** How it ends: `resolution_code` and `resolution`. */
export type Cure = readonly [code: string, text: string]
