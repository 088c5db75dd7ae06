import type { Provenance } from '../history.ts'
import type { Instant } from '../instant.ts'
import type { BelievedLedger } from '../ledger/believed.ts'
import type { LedgerFinding } from '../ledger/finding.ts'
import type { HistoryFinding } from '../replay/history-finding.ts'
import type { PopulationKind } from './population.ts'
import type { AuditedDecision, SampledRecord } from './sampled-record.ts'

/** A population, how large it is, and the sample that was drawn of it. */
export interface AuditedPopulation {
  readonly kind: PopulationKind
  /** Keys of all members: `<type>/<id>`. */
  readonly members: readonly string[]
  /** How many of them the period brought. */
  readonly born: number
  /** Keys, in the order in which they were drawn. */
  readonly sampled: readonly string[]
}

/** Everything that an auditor gets about a period. */
export interface Audit {
  readonly organisation: string
  readonly from: Instant
  readonly until: Instant
  /** The arguments of the period, as they were given. */
  readonly asked: {
    readonly from: string
    readonly to: string
    readonly sample: number
    /** What the auditor drew the sample by; absent where they named nothing. */
    readonly seed?: string
  }
  readonly asOf: Instant
  /** The end of the mainline that was read. */
  readonly commit: string
  /** The last commit of the mainline before the period ended; absent where there is none. */
  readonly last?: string
  readonly engine: string
  readonly seed: string
  readonly commits: Readonly<Record<Provenance, number>>
  readonly ledger?: BelievedLedger
  /** Number and digest of the last entry that is believed. */
  readonly anchor?: { readonly sequence: number; readonly digest: string }
  readonly populations: readonly AuditedPopulation[]
  readonly sample: readonly SampledRecord[]
  /** Every decision on what reached the mainline in the period, or was decided in it. */
  readonly decisions: readonly AuditedDecision[]
  /** What `verify` finds about commits of the period. */
  readonly findings: readonly HistoryFinding[]
  readonly ledgerFindings: readonly LedgerFinding[]
  /** Commits of the period that needed an approval of which nobody can know whether it was given. */
  readonly unvouched: readonly string[]
  /** Approvals of the period that may still follow. */
  readonly awaited: readonly { readonly id: string; readonly commit: string; readonly until: Instant }[]
}

/** Whether nothing was found, and nothing that had to be approved is left of which nobody knows whether it was. */
export function isClean({ findings, ledgerFindings, unvouched }: Audit): boolean {
  return findings.length + ledgerFindings.length + unvouched.length === 0
}
