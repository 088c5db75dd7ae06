import type { Lifecycle, Transition } from '../lifecycle.ts'
import { meets } from '../lifecycle-when.ts'
import { type Data, textAt } from '../record.ts'
import { type Demand, type Proposal, recordDemand } from './demand.ts'
import { policyOf } from './policy.ts'

/**
 * The approvals that records of a pull request do not need yet, but will at the next guarded step ahead of them: so
 * that whoever asks for a change knows from its first day who will be asked.
 */
export function foreseenDemands(proposal: Proposal, asked: readonly Demand[]): readonly Demand[] {
  const policies = proposal.base.ofType('policy').map(policyOf)
  const already = new Set(asked.map(({ key }) => key))
  return proposal.changes.flatMap((change) => {
    if (change.kind === 'removed') return []
    const { type, id, data } = change.after
    const lifecycle = proposal.rulebook.types.get(type)?.lifecycle
    const step = lifecycle && !already.has(`${type}/${id}`) ? guardedAhead(lifecycle, data) : undefined
    if (!step) return []
    const occasion = { reason: `${step.from} → ${step.to}`, route: ['state'], states: [step.to] }
    return policies
      .filter(({ guards }) => guards.includes(type))
      .map((policy) => recordDemand(proposal, change, policy, occasion))
      .filter(({ rule }) => rule?.require.kind !== 'none')
  })
}

/** The nearest guarded step that a record can come to, before any guarded one. */
function guardedAhead({ transitions }: Lifecycle, data: Data): Transition | undefined {
  const reached = new Set([textAt(data, 'state') ?? ''])
  for (const state of reached) {
    const ways = transitions.filter(({ from, when }) => from === state && meets(when, data))
    const guarded = ways.find(({ guard }) => guard === 'approval')
    if (guarded) return guarded
    for (const { to } of ways) reached.add(to)
  }
  return undefined
}
