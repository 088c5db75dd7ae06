import { type Decision, decide } from '../approval/decide.ts'
import { type Demand, demandsOf, type Proposal } from '../approval/demand.ts'
import { requirementText } from '../approval/requirement.ts'
import type { Diagnostic } from '../diagnostic.ts'
import type { RecordIndex } from '../facts.ts'
import type { MainlineCommit } from '../history.ts'
import { humanDuration, humanInstant, type Instant } from '../instant.ts'
import type { LedgerDecision } from '../ledger/decision.ts'
import { decisionSubject } from '../ledger/decision-file.ts'
import { decisionDoubt } from './decision-doubt.ts'
import type { KnownDecisions } from './known-decisions.ts'

/** A decision of the ledger that does not hold, and why. */
export interface DoubtedDecision {
  readonly decision: LedgerDecision
  readonly because: string
}

/** What became of something that needed approval. */
export type Weighed = { readonly doubted: readonly DoubtedDecision[] } & (
  | { readonly kind: 'authorised'; readonly by?: LedgerDecision }
  /** Nobody can know. */
  | { readonly kind: 'unvouched' }
  /** The approval may still follow. */
  | { readonly kind: 'awaited'; readonly until: Instant }
  | { readonly kind: 'missing'; readonly rule: 'approval-given' | 'approval-possible'; readonly because: string }
)

/**
 * What a mainline commit did that a policy speaks about, and whether that needs nobody's approval, by the policies that
 * it found. `computed` is asked only where a change is among it, because policies may ask for its risk.
 */
export function approvalsAsked(
  proposal: Omit<Proposal, 'computed'>,
  computed: () => Proposal['computed'],
): readonly Decision[] {
  const first = demandsOf({ ...proposal, computed: new Map() })
  const demands = first.some(({ type }) => type === 'change') ? demandsOf({ ...proposal, computed: computed() }) : first
  const evidence = { sights: new Map(), base: proposal.base, result: proposal.result, now: 0 }
  return demands.map((demand) => decide(demand, evidence))
}

/** The decisions of the ledger that say that something a commit did was authorised. */
export function decisionsOn(
  { commit }: Pick<MainlineCommit, 'commit'>,
  demand: Demand,
  known: KnownDecisions,
): readonly LedgerDecision[] {
  const subject = decisionSubject(demand.key)
  const there = known.byCommit.get(commit) ?? []
  return there.filter((each) => each.subject === subject && each.policy === demand.policy.id)
}

/** Holds what a policy speaks about against the decisions that the ledger knows; each with the teams of its time. */
export function weigh(
  commit: MainlineCommit,
  { demand, met }: Decision,
  candidates: readonly { readonly decision: LedgerDecision; readonly teams: RecordIndex | undefined }[],
  known: KnownDecisions,
): Weighed {
  const weighed = candidates.map(({ decision, teams }) => {
    const because = teams
      ? decisionDoubt(decision, { commit, demand, teams }, known)
      : `its policies are those of ${decision.policyCommit.slice(0, 10)}, which is not here`
    return { decision, because }
  })
  const doubted = weighed.flatMap(({ decision, because }) => (because === undefined ? [] : [{ decision, because }]))
  const holding = weighed.filter(({ because }) => because === undefined).map(({ decision }) => decision)
  const { policy, rule } = demand
  if (!rule) {
    return {
      doubted,
      kind: 'missing',
      rule: 'approval-possible',
      because: `no rule of ${policy.id} says who may approve`,
    }
  }
  const missing = (because: string): Weighed => ({ doubted, kind: 'missing', rule: 'approval-given', because })
  const { retroactive } = rule
  const atOnce = holding.find(({ outcome }) => outcome === 'merged')
  if (met || atOnce) return { doubted, kind: 'authorised', ...(atOnce && { by: atOnce }) }
  const [ratified] = holding
  if (ratified) {
    if (retroactive === undefined)
      return missing(`it was approved only afterwards, at ${humanInstant(ratified.at)} UTC`)
    const late = ratified.at - commit.at - retroactive
    return late > 0
      ? missing(`it was approved ${humanDuration(late)} too late`)
      : { doubted, kind: 'authorised', by: ratified }
  }
  const [unsound] = doubted
  if (known.since === undefined || commit.position <= known.since) {
    return known.strict ? missing('nobody can vouch that it was given') : { doubted, kind: 'unvouched' }
  }
  const until = retroactive === undefined ? undefined : commit.at + retroactive
  if (until !== undefined && until >= known.asOf) return { doubted, kind: 'awaited', until }
  if (unsound) {
    return missing(
      `the decision of pull request ${unsound.decision.pullRequest} does not hold, because ${unsound.because}`,
    )
  }
  if (until === undefined) return missing('the ledger has no decision that let it in')
  return missing(`the ledger has no decision on it, which was due by ${humanInstant(until)} UTC`)
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
