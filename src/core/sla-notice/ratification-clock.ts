import type { Instant } from '../instant.ts'
import type { PendingRatification } from '../ledger/pending-ratification.ts'
import type { WatchedClock } from './notice.ts'

/** As with an agreement that says nothing else: at risk when three quarters of the time are over. */
const riskShare = 0.75

/**
 * The clock of an approval that may follow, as people are told of it: it runs from the merge to the instant at which
 * what was merged counts as unauthorised, and ends when it is ratified.
 */
export function ratificationClock({ decision, due }: PendingRatification, asOf: Instant): WatchedClock {
  const { subject, policy, at } = decision
  const atRiskAt = at + Math.floor((due - at) * riskShare)
  const isOver = due < asOf
  return {
    ...{ record: subject.slice(subject.indexOf('/') + 1), sla: policy, kind: 'sla', target: 'approval', cycle: 1 },
    ...{ priority: 'default', start: at, stop: null, due, retrospective: false },
    ...{ status: isOver ? 'breached' : 'running', breaches: isOver ? [due] : [] },
    ...{ atRisk: atRiskAt <= asOf, atRiskAt },
  }
}
