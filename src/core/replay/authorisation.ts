import { type Decision, decide } from '../approval/decide.ts'
import { type Demand, demandsOf, type Proposal } from '../approval/demand.ts'
import { requirementText } from '../approval/requirement.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { MainlineCommit } from '../history.ts'
import { humanDuration, humanInstant, type Instant } from '../instant.ts'
import { authorisation, type LedgerDecision } from '../ledger/decision.ts'

/** What is known of who authorised commits. */
export interface KnownDecisions {
  readonly decisions: readonly LedgerDecision[]
  /** Commits after this position must be vouched for; `undefined` where there is no ledger. */
  readonly since?: number
  /** When it is judged: an approval that may follow is due by then or is not. */
  readonly asOf: Instant
  /** Whether commits that nobody could vouch for are findings, too. */
  readonly strict: boolean
}

/** What becomes of something that needed approval. */
export type Weighed =
  | { readonly kind: 'authorised' }
  /** Nobody can know. */
  | { readonly kind: 'unvouched' }
  /** The approval may still follow. */
  | { readonly kind: 'awaited'; readonly until: Instant }
  | { readonly kind: 'missing'; readonly rule: 'approval-given' | 'approval-possible'; readonly because: string }

/**
 * What a mainline commit did that somebody had to approve, by the policies that it found; what needs nobody is left out.
 * `computed` is asked only where a change is among it, because policies may ask for its risk.
 */
export function approvalsNeeded(
  proposal: Omit<Proposal, 'computed'>,
  computed: () => Proposal['computed'],
): readonly Decision[] {
  const first = demandsOf({ ...proposal, computed: new Map() })
  const demands = first.some(({ type }) => type === 'change') ? demandsOf({ ...proposal, computed: computed() }) : first
  const evidence = { sights: new Map(), base: proposal.base, result: proposal.result, now: 0 }
  return demands.map((demand) => decide(demand, evidence)).filter(({ met }) => !met)
}

/** Holds what needed approval against the decisions that the ledger knows. */
export function weigh({ commit, position, at }: MainlineCommit, demand: Demand, known: KnownDecisions): Weighed {
  const { policy, rule, key } = demand
  if (!rule)
    return { kind: 'missing', rule: 'approval-possible', because: `no rule of ${policy.id} says who may approve` }
  const { retroactive } = rule
  const missing = (because: string): Weighed => ({ kind: 'missing', rule: 'approval-given', because })
  const decision = authorisation(known.decisions, commit, key)
  if (!decision) {
    if (known.since === undefined || position <= known.since) {
      return known.strict ? missing(`nobody can vouch that it was given`) : { kind: 'unvouched' }
    }
    const until = retroactive === undefined ? undefined : at + retroactive
    if (until !== undefined && until >= known.asOf) return { kind: 'awaited', until }
    if (until === undefined) return missing('the ledger has no decision that let it in')
    return missing(`the ledger has no decision on it, which was due by ${humanInstant(until)} UTC`)
  }
  if (decision.outcome !== 'ratified') return { kind: 'authorised' }
  if (retroactive === undefined) return missing(`it was approved only afterwards, at ${humanInstant(decision.at)} UTC`)
  const late = decision.at - at - retroactive
  return late > 0 ? missing(`it was approved ${humanDuration(late)} too late`) : { kind: 'authorised' }
}

/** A finding about something that was not approved as it had to be. */
export function unapproved({ demand }: Decision, weighed: Weighed): readonly Diagnostic[] {
  if (weighed.kind !== 'missing') return []
  const { id, reason, place, policy } = demand
  const message = `${id} needed approval (${reason}): ${weighed.because}`
  const hint = demand.rule
    ? `${policy.id} asks: ${demand.rule.name}, ${requirementText(demand.rule.require)}`
    : `Let a rule of ${policy.id} say who approves it`
  return [{ rule: weighed.rule, severity: 'error', message, place, hint }]
}
