import type { Provenance } from './history.ts'
import type { Instant } from './instant.ts'

/**
 * An edit of what judges others: a policy, an agreement, a calendar, a team, or the configuration of the repository.
 */
export interface GovernedEdit {
  /** A record type; `gitsm.yaml` for the configuration of the repository. */
  readonly type: string
  readonly id: string
  readonly file: string
  readonly kind: 'added' | 'edited' | 'removed'
  /** When the mainline learnt of it. */
  readonly at: Instant
  readonly by: string
  readonly commit: string
  readonly provenance: Provenance
}

/** The record types that judge or measure others. */
export const governingTypes: readonly string[] = [
  'policy',
  'sla',
  'calendar',
  'team',
  'kpi',
  'change-model',
  'window',
  'catalogue-item',
]
