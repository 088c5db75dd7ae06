import type { Instant } from '../instant.ts'
import type { LedgerDecision } from './decision.ts'

/** Something that was merged before its approval, which may follow, and did not come yet. */
export interface PendingRatification {
  readonly decision: LedgerDecision
  readonly due: Instant
  /** Whether it is too late: then what was merged counts as unauthorised. */
  readonly isOverdue: boolean
}

/** What still waits for its approval after the merge, the one that is due first before the others. */
export function pendingRatifications(
  decisions: readonly LedgerDecision[],
  now: Instant,
): readonly PendingRatification[] {
  const pending = decisions.flatMap((decision): readonly PendingRatification[] => {
    const { due, outcome, verdict } = decision
    if (due === undefined || outcome !== 'merged' || verdict.met || isAnswered(decision, decisions)) return []
    return [{ decision, due, isOverdue: due < now }]
  })
  return pending.toSorted((a, b) => a.due - b.due)
}

/** Whether the same thing was ratified. That somebody says it was approved before it was merged answers nothing. */
function isAnswered(decision: LedgerDecision, decisions: readonly LedgerDecision[]): boolean {
  const last = decision.commits.at(-1)
  return decisions.some(
    (each) =>
      each.verdict.met &&
      each.outcome === 'ratified' &&
      each.subject === decision.subject &&
      each.policy === decision.policy &&
      last !== undefined &&
      each.commits.includes(last),
  )
}
