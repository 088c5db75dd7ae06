import type { RecordIndex } from '../facts.ts'
import type { Decision } from './decide.ts'
import { policyOf } from './policy.ts'

/** What a change does, and what was decided about the approvals that it needs. */
export interface LaneQuestion {
  readonly changes: readonly LaneChange[]
  readonly decisions: readonly Decision[]
  /** The records of the base: its policies say which types have a direct lane. */
  readonly base: RecordIndex
}

/** A record that a change is about. */
export interface LaneChange {
  readonly id: string
  readonly type: string
}

/**
 * Why a change has to take the way of a pull request, in words; empty where it may be committed straight to the
 * mainline. It may where every policy on the type of each record has `lane: direct`, and nothing needs an approval. A
 * type without a policy has no such lane, but where there are no policies at all yet.
 */
export function pullRequestReasons({ changes, decisions, base }: LaneQuestion): readonly string[] {
  const policies = base.ofType('policy').map(policyOf)
  const laneless = changes.flatMap(({ id, type }) => {
    const guarding = policies.filter(({ guards }) => guards.includes(type))
    if (guarding.length === 0 && policies.length > 0) {
      return [`${id} goes through pull requests: no policy on the type ${type} opens a direct lane`]
    }
    return guarding
      .filter(({ lane }) => lane !== 'direct')
      .map((policy) => `${id} goes through pull requests: ${policy.id} opens no direct lane`)
  })
  const unmet = decisions
    .filter(({ met }) => !met)
    .map(({ demand, because }) => `${demand.id} needs approval (${demand.reason}): ${because}`)
  return [...new Set([...unmet, ...laneless])]
}
