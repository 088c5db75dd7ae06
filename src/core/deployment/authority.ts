import { type Demand, demandsOf, type Proposal } from '../approval/demand.ts'
import { occasionsOf } from '../approval/occasion.ts'
import { type PolicyRule, policyOf } from '../approval/policy.ts'
import { requirementText } from '../approval/requirement.ts'
import type { RecordIndex, Rulebook } from '../facts.ts'
import type { MainlineCommit } from '../history.ts'
import { humanDuration, humanInstant, type Instant } from '../instant.ts'
import type { DecidedReview, LedgerDecision } from '../ledger/decision.ts'
import { decisionSubject } from '../ledger/decision-file.ts'
import { birth, transition } from '../lifecycle.ts'
import { type Change, type RecordDoc, textAt } from '../record.ts'
import { decisionDoubt } from '../replay/decision-doubt.ts'
import type { KnownDecisions } from '../replay/known-decisions.ts'
import { stepsOf } from '../steps.ts'
import { leaf, type Verdict } from '../verdict.ts'
import { unaskedEdit } from './unasked-edit.ts'

/** What one mainline commit made of a record, and the rules that it found. */
export interface AuthorityStep {
  readonly commit: string
  /** When the commit reached the mainline at the latest, as far as that is known. */
  readonly at: Instant
  readonly before?: RecordDoc
  readonly after: RecordDoc
  /** Absent where the commit founded the repository. */
  readonly found?: { readonly rulebook: Rulebook; readonly base: RecordIndex; readonly computed: Computed }
  /** Whether the ledger had begun by then, so that it must know. */
  readonly watched: boolean
}

/** By `<type>/<id>`, what is computed of the records that a commit touched. */
type Computed = Proposal['computed']

/** What is known of approvals. */
export interface AuthorityEvidence {
  readonly known: KnownDecisions
  /** The teams as the commits have them whose policies decided. */
  readonly teamsAt: ReadonlyMap<string, RecordIndex>
  /** Whether what nobody vouches for counts as approved, because nothing else gets onto the mainline. */
  readonly trustMainline: boolean
  /** Whether an approval that may still follow counts as given until it is due. */
  readonly acceptPending: boolean
  readonly at: Instant
}

/** Somebody's approval, as the ledger holds it. */
export interface Approval {
  readonly pullRequest: number
  readonly decidedAt: Instant
  readonly policy: string
  readonly rule: string | null
  readonly reviews: readonly DecidedReview[]
}

/** Whether all that needed approval in a record's life has it, and who gave it. */
export interface Authority extends Verdict {
  readonly approvals: readonly Approval[]
  /** Where an approval may still follow: until when. */
  readonly until?: Instant
}

interface Weighed extends Verdict {
  readonly approval?: Approval
  readonly until?: Instant
}

/** Whether a policy for changes asks for what is computed of them. */
export function asksComputed(base: RecordIndex): boolean {
  return rulesForChanges(base).some((rules) => rules.some(isComputed))
}

/**
 * Whether what is computed of a change can decide that it needs no approval, or none yet: a rule that says so, or one
 * before it, asks for it. What needs an approval is known by its decision, which names the rule.
 */
export function lenientByComputed(base: RecordIndex): boolean {
  return rulesForChanges(base).some((rules) => {
    const lenient = rules.findLastIndex(
      ({ require, retroactive }) => require.kind === 'none' || retroactive !== undefined,
    )
    return rules.slice(0, lenient + 1).some(isComputed)
  })
}

function rulesForChanges(base: RecordIndex): readonly (readonly PolicyRule[])[] {
  const policies = base.ofType('policy').map(policyOf)
  return policies.flatMap(({ guards, rules }) => (guards.includes('change') ? [rules] : []))
}

function isComputed({ when }: PolicyRule): boolean {
  return ['risk', 'conflict', 'window'].some((fact) => when.has(fact))
}

/**
 * Holds every step and edit of a record that asked for approval against the policies that it found and the decisions of
 * the ledger. Whatever nobody can know refuses.
 */
export function authorityOf(steps: readonly AuthorityStep[], evidence: AuthorityEvidence): Authority {
  const weighed = steps.flatMap((step) => weigh(step, evidence))
  const against = weighed.find(({ met }) => !met)
  const approvals = weighed.flatMap(({ approval }) => approval ?? [])
  const untils = weighed.flatMap(({ until }) => until ?? [])
  const verdict: Verdict = {
    met: against === undefined && weighed.length > 0,
    because:
      against?.because ?? (weighed.map(({ because }) => because).at(-1) || 'nothing in its history authorised it'),
    parts: weighed.map(({ met, because, parts }) => ({ met, because, parts })),
  }
  return { ...verdict, approvals, ...(untils.length > 0 && { until: Math.min(...untils) }) }
}

function weigh(step: AuthorityStep, evidence: AuthorityEvidence): readonly Weighed[] {
  const { commit, before, after, found } = step
  const short = commit.slice(0, 10)
  const key = `${after.type}/${after.id}`
  if (!found) return [unvouched(`${short} founded the repository, so no policy was asked`, evidence)]
  const change: Change = before ? { kind: 'edited', before, after } : { kind: 'added', after }
  const stray = strayStep(change, found.rulebook)
  if (stray !== undefined) return [leaf(false, `${short} took it ${stray}, which its lifecycle does not allow`)]
  const unasked = unaskedEdit(change, found.rulebook)
  const silent = unasked === undefined ? [] : [unvouched(`${unasked} (${short}), where nobody is asked`, evidence)]
  const occasions = occasionsOf(change, found.rulebook)
  const { rulebook, base, computed } = found
  const proposal = { rulebook, base, result: base, changes: [change], files: [], computed }
  const demands = demandsOf(proposal).filter((each) => each.key === key)
  if (occasions.length > 0 && demands.length === 0) {
    const reasons = occasions.map(({ reason }) => reason).join(', ')
    return [unvouched(`no policy guarded it at ${reasons} (${short})`, evidence), ...silent]
  }
  return [...demands.map((demand) => weighDemand(step, demand, evidence)), ...silent]
}

/** The first step of a change that its lifecycle has no way for, in words. */
function strayStep(change: Exclude<Change, { readonly kind: 'removed' }>, { types }: Rulebook): string | undefined {
  const { data, type } = change.after
  const lifecycle = types.get(type)?.lifecycle
  if (!lifecycle) return 'somewhere'
  let from = change.kind === 'edited' ? textAt(change.before.data, 'state') : undefined
  for (const { state } of stepsOf(change.kind === 'edited' ? change.before.data : undefined, data)) {
    const legal = from === undefined ? birth(lifecycle, state, data) : transition(lifecycle, from, state, data)
    if (!legal) return from === undefined ? `to life as ${state}` : `from ${from} to ${state}`
    from = state
  }
  return undefined
}

function weighDemand(step: AuthorityStep, demand: Demand, evidence: AuthorityEvidence): Weighed {
  const { commit, at, watched } = step
  const { policy, rule, reason } = demand
  const about = `${reason} (${commit.slice(0, 10)})`
  if (!rule) return leaf(false, `${about}: no rule of ${policy.id} says who may approve`)
  if (rule.require.kind === 'none') return leaf(true, `${rule.name} of ${policy.id}: no approval is needed`)
  const asks = `${rule.name} of ${policy.id} asks for ${requirementText(rule.require)}`
  const until = rule.retroactive === undefined ? undefined : at + rule.retroactive
  const { holding, doubts } = decisionsFor(step, demand, evidence)
  const merged = holding.find(({ outcome }) => outcome === 'merged')
  if (merged) return approved(merged)
  const [ratified] = holding
  if (ratified) {
    const late = until === undefined ? undefined : ratified.at - until
    if (late !== undefined && late <= 0) return approved(ratified)
    const how = late === undefined ? 'only afterwards' : `${humanDuration(late)} too late`
    return leaf(false, `${about}: it was approved ${how}; ${asks}`)
  }
  if (until !== undefined && until >= evidence.at) {
    const pending = `${asks}, which may follow until ${humanInstant(until)} UTC`
    const { acceptPending } = evidence
    return { ...leaf(acceptPending, acceptPending ? pending : `${pending} and is not there yet`), until }
  }
  const [doubt] = doubts
  if (doubt !== undefined) return leaf(false, `${about}: ${doubt}; ${asks}`)
  if (watched) {
    const due = until === undefined ? '' : `, which was due by ${humanInstant(until)} UTC`
    return leaf(false, `${about}: the ledger has no decision that let it in${due}; ${asks}`)
  }
  return unvouched(`${about}: no ledger can vouch that it was approved; ${asks}`, evidence)
}

/** The decisions of the ledger on what a commit did, and why some of them are not believed. */
function decisionsFor(
  { commit, at }: AuthorityStep,
  demand: Demand,
  { known, teamsAt }: AuthorityEvidence,
): { readonly holding: readonly LedgerDecision[]; readonly doubts: readonly string[] } {
  const subject = decisionSubject(demand.key)
  const there = (known.byCommit.get(commit) ?? []).filter(
    (each) => each.subject === subject && each.policy === demand.policy.id,
  )
  const position = known.positions.get(commit) ?? -1
  const made: MainlineCommit = { commit, position, at, provenance: 'claimed', by: '' }
  const judged = there.map((decision) => {
    const teams = teamsAt.get(decision.policyCommit)
    const because = teams
      ? decisionDoubt(decision, { commit: made, demand, teams }, known)
      : `its policies are those of ${decision.policyCommit.slice(0, 10)}, which is not here`
    return { decision, because }
  })
  return {
    holding: judged.flatMap(({ decision, because }) => (because === undefined ? [decision] : [])),
    doubts: judged.flatMap(({ decision, because }) =>
      because === undefined
        ? []
        : [`the decision on pull request #${decision.pullRequest} is not believed: ${because}`],
    ),
  }
}

function approved(decision: LedgerDecision): Weighed {
  const { pullRequest, at, policy, rule, reviews, outcome } = decision
  const who =
    reviews.length === 0 ? 'no approval was needed' : `approved by ${reviews.map(({ login }) => login).join(', ')}`
  const after = outcome === 'ratified' ? ', after the merge' : ''
  const because = `pull request #${pullRequest}: ${who}${after} (${rule ?? policy})`
  return { ...leaf(true, because), approval: { pullRequest, decidedAt: at, policy, rule, reviews } }
}

function unvouched(because: string, { trustMainline }: AuthorityEvidence): Weighed {
  return trustMainline ? leaf(true, `${because}; the mainline is trusted`) : leaf(false, because)
}
