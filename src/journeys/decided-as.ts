import { digestOf } from '../adapters/git/ledger-branch.ts'
import { countedReviews } from '../core/approval/counted-reviews.ts'
import type { Decision } from '../core/approval/decide.ts'
import type { Evidence } from '../core/approval/evidence.ts'
import type { Person } from '../core/approval/person.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import type { Instant } from '../core/instant.ts'
import type { DecidedPerson, DecisionOutcome, LedgerDecision } from '../core/ledger/decision.ts'
import { decisionSubject } from '../core/ledger/decision-file.ts'
import { subjectDigest } from '../core/ledger/subject-digest.ts'

/** A decision that is not yet a file. */
export type NewDecision = Omit<LedgerDecision, 'file'>

/** How a pull request ended. */
export interface Ended {
  readonly pull: PullRequest
  readonly at: Instant
  /** Version of GitSM. */
  readonly engine: string
}

/** A decision as the ledger tells it. */
export function decidedAs(
  decision: Decision,
  evidence: Evidence,
  { pull, at, engine }: Ended,
  outcome: DecisionOutcome,
): Omit<NewDecision, 'commits' | 'policyCommit'> {
  const { demand, met, because, parts, until } = decision
  const counted = countedReviews(demand, evidence)
  const { digest, parts: digests } = subjectDigest(demand.subject, digestOf)
  return {
    at,
    outcome,
    pullRequest: pull.number,
    subject: decisionSubject(demand.key),
    policy: demand.policy.id,
    rule: demand.rule?.name ?? null,
    seen: counted[0]?.seen ?? null,
    head: pull.head,
    digest,
    digests,
    steps: [],
    engine,
    author: pull.author && personOf(pull.author),
    committers: pull.committers.map((each) => each && personOf(each)),
    verdict: { met, because, parts },
    ...(outcome === 'merged' && !met && until !== undefined && { due: until }),
    reviews: counted.map(({ review: { id, user, submittedAt }, seen }) => ({
      ...(id !== undefined && { id }),
      ...personOf(user),
      commit: seen,
      ...(submittedAt !== undefined && { at: submittedAt }),
    })),
  }
}

function personOf({ login, id }: Person): DecidedPerson {
  return { login, ...(id !== undefined && { user: id }) }
}
