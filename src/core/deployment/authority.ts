import { type Demand, demandsOf, type Proposal } from '../approval/demand.ts'
import { occasionsOf } from '../approval/occasion.ts'
import { policyOf } from '../approval/policy.ts'
import { requirementText } from '../approval/requirement.ts'
import type { RecordIndex, Rulebook } from '../facts.ts'
import { humanDuration, humanInstant, type Instant } from '../instant.ts'
import { authorisation, type DecidedReview, type LedgerDecision } from '../ledger/decision.ts'
import { birth, transition } from '../lifecycle.ts'
import { type Change, type RecordDoc, textAt } from '../record.ts'
import { stepsOf } from '../steps.ts'
import { leaf, type Verdict } from '../verdict.ts'

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
  readonly decisions: readonly LedgerDecision[]
  /** Whether what nobody vouches for counts as approved, because nothing else gets onto the mainline. */
  readonly trustMainline: boolean
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

/**
 * Whether what is computed of a change can decide that it needs no approval, or none yet: a rule that says so, or one before
 * it, asks for risk, conflicts or windows.
 */
export function restsOnComputed(base: RecordIndex): boolean {
  return base
    .ofType('policy')
    .map(policyOf)
    .filter(({ guards }) => guards.includes('change'))
    .some(({ rules }) => {
      const lenient = rules.findLastIndex(
        ({ require, retroactive }) => require.kind === 'none' || retroactive !== undefined,
      )
      return rules.slice(0, lenient + 1).some(({ when }) => computedFacts.some((fact) => when.has(fact)))
    })
}

const computedFacts = ['risk', 'conflict', 'window']

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
  const decision = authorisation(evidence.decisions, commit, key)
  if (decision?.outcome === 'merged') return [approved(decision)]
  if (!found) return [unvouched(`${short} founded the repository, so no policy was asked`, evidence)]
  const change: Change = before ? { kind: 'edited', before, after } : { kind: 'added', after }
  const stray = strayStep(change, found.rulebook)
  if (stray !== undefined) return [leaf(false, `${short} took it ${stray}, which its lifecycle does not allow`)]
  const occasions = occasionsOf(change, found.rulebook)
  const result = found.base
  const proposal = { rulebook: found.rulebook, base: found.base, result, changes: [change], files: [] }
  const demands = demandsOf({ ...proposal, computed: found.computed }).filter((each) => each.key === key)
  if (occasions.length > 0 && demands.length === 0) {
    return [
      unvouched(`no policy guarded it at ${occasions.map(({ reason }) => reason).join(', ')} (${short})`, evidence),
    ]
  }
  return demands.map((demand) => weighDemand(step, demand, decision, evidence))
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

function weighDemand(
  { commit, at, watched }: AuthorityStep,
  { policy, rule, reason }: Demand,
  decision: LedgerDecision | undefined,
  evidence: AuthorityEvidence,
): Weighed {
  const about = `${reason} (${commit.slice(0, 10)})`
  if (!rule) return leaf(false, `${about}: no rule of ${policy.id} says who may approve`)
  if (rule.require.kind === 'none') return leaf(true, `${rule.name} of ${policy.id}: no approval is needed`)
  const asks = `${rule.name} of ${policy.id} asks for ${requirementText(rule.require)}`
  const { retroactive } = rule
  const until = retroactive === undefined ? undefined : at + retroactive
  if (decision) {
    const late = until === undefined ? undefined : decision.at - until
    if (late !== undefined && late <= 0) return approved(decision)
    const how = late === undefined ? 'only afterwards' : `${humanDuration(late)} too late`
    return leaf(false, `${about}: it was approved ${how}; ${asks}`)
  }
  if (until !== undefined && until >= evidence.at) {
    return { ...leaf(true, `${asks}, which may follow until ${humanInstant(until)} UTC`), until }
  }
  if (watched) {
    const due = until === undefined ? '' : `, which was due by ${humanInstant(until)} UTC`
    return leaf(false, `${about}: the ledger has no decision that let it in${due}; ${asks}`)
  }
  return unvouched(`${about}: no ledger can vouch that it was approved; ${asks}`, evidence)
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
