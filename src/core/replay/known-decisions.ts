import type { Instant } from '../instant.ts'
import type { DecisionOutcome, LedgerDecision } from '../ledger/decision.ts'
import { decisionKey } from '../ledger/decision-file.ts'
import type { Sha256 } from '../ledger/subject-digest.ts'
import { addTo } from '../lists-by-key.ts'

/** What is known of who authorised commits. */
export interface KnownDecisions {
  readonly decisions: readonly LedgerDecision[]
  /** By mainline commit, the decisions of pull requests that became it. */
  readonly byCommit: ReadonlyMap<string, readonly LedgerDecision[]>
  /** By its key, the file of a decision by which something was not approved. */
  readonly denials: ReadonlyMap<string, string>
  /** Files of decisions that were changed after they had been written, and by which commit of the ledger. */
  readonly altered: ReadonlyMap<string, string>
  /** Where each commit stands on the mainline that is judged. */
  readonly positions: ReadonlyMap<string, number>
  /** Whether the mainline that is judged reaches as far as the ledger does, and was never rewritten. */
  readonly whole: boolean
  /** Commits after this position must be vouched for; `undefined` where there is no ledger. */
  readonly since?: number
  /** When it is judged: an approval that may follow is due by then or is not. */
  readonly asOf: Instant
  /** Whether commits that nobody could vouch for are findings, too. */
  readonly strict: boolean
  /** Version of GitSM that judges. */
  readonly engine: string
  readonly sha256: Sha256
}

/** Decisions by the mainline commits that they let in. */
export function decisionsByCommit(
  decisions: readonly LedgerDecision[],
): ReadonlyMap<string, readonly LedgerDecision[]> {
  const byCommit = new Map<string, LedgerDecision[]>()
  for (const decision of decisions) {
    if (!mayAuthorise(decision)) continue
    for (const commit of decision.commits) {
      addTo(byCommit, commit, decision)
    }
  }
  return byCommit
}

/**
 * The decisions by which something on the mainline was not approved. Whatever says of the same that it was approved
 * contradicts them, and nobody can tell by the ledger alone which of the two is forged.
 */
export function denialsIn(decisions: readonly LedgerDecision[]): ReadonlyMap<string, string> {
  const denying = decisions.filter(({ outcome, verdict }) => !verdict.met && reachesMainline(outcome))
  return new Map(denying.map((each) => [decisionKey(each), each.file]))
}

/** Whether a decision says that something on the mainline was authorised. */
export function mayAuthorise({ outcome, verdict }: Pick<LedgerDecision, 'outcome' | 'verdict'>): boolean {
  return reachesMainline(outcome) && verdict.met
}

function reachesMainline(outcome: DecisionOutcome): boolean {
  return outcome === 'merged' || outcome === 'ratified'
}
