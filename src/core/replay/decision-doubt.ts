import { decide } from '../approval/decide.ts'
import type { Demand } from '../approval/demand.ts'
import type { Person } from '../approval/person.ts'
import type { PullRequest } from '../approval/pull-request.ts'
import type { RecordIndex } from '../facts.ts'
import type { MainlineCommit } from '../history.ts'
import { humanInstant, type Seconds } from '../instant.ts'
import type { DecidedPerson, LedgerDecision } from '../ledger/decision.ts'
import { decisionKey, decisionPath } from '../ledger/decision-file.ts'
import { digestOfParts, isWritten, subjectDigest } from '../ledger/subject-digest.ts'
import { type KnownDecisions, mayAuthorise } from './known-decisions.ts'

/** What a decision is held against: what the commit asked for, and the teams that could give it. */
export interface Held {
  readonly commit: MainlineCommit
  readonly demand: Demand
  /** Teams as the commit whose policies decided has them. */
  readonly teams: RecordIndex
}

/** How far the clock of a forge and that of whoever saw the mainline may differ. */
const skew: Seconds = 600

/** Why the file of a decision cannot be believed, whatever it is about; `undefined` where nothing speaks against it. */
export function fileDoubt(decision: LedgerDecision, { altered, denials, sha256 }: KnownDecisions): string | undefined {
  const { file, digest, digests } = decision
  const changed = altered.get(file)
  if (changed !== undefined) return `it was changed in the ledger by ${changed.slice(0, 10)}, after it had been written`
  const path = decisionPath(decision, sha256)
  if (file !== path) return `what it says belongs into ${path}: it was moved or edited`
  if (digest !== digestOfParts(digests, sha256)) return 'its digest is not that of the parts that it names'
  const denial = mayAuthorise(decision) ? denials.get(decisionKey(decision)) : undefined
  return denial === undefined ? undefined : `${denial} says of the same that it was not approved`
}

/** Why a decision does not authorise what a commit did, by what git says; `undefined` where it does. */
export function decisionDoubt(decision: LedgerDecision, held: Held, known: KnownDecisions): string | undefined {
  return (
    fileDoubt(decision, known) ??
    commitsDoubt(decision, known) ??
    digestDoubt(decision, held, known) ??
    reviewsDoubt(decision, held)
  )
}

/** The commits of a pull request follow each other on the mainline, right after the one whose policies decided. */
function commitsDoubt({ commits, outcome, policyCommit }: LedgerDecision, known: KnownDecisions): string | undefined {
  const { positions } = known
  const places = commits.map((commit) => positions.get(commit))
  const [first] = places
  const missing = places.indexOf(undefined)
  if (missing >= 0 && (known.whole || places.slice(missing).some((place) => place !== undefined))) {
    return `${(commits[missing] ?? '').slice(0, 10)}, which it names, is not on the mainline`
  }
  if (first === undefined) return 'it names no commit of the mainline'
  const gap = places.findIndex((place, at) => place !== undefined && place !== first + at)
  if (gap >= 0)
    return `${(commits[gap] ?? '').slice(0, 10)}, which it names, does not follow the commit that it names before`
  const policies = positions.get(policyCommit)
  if (outcome === 'merged' && policies !== first - 1) {
    return `its policies are those of ${policyCommit.slice(0, 10)}, and not of the commit that was the base`
  }
  if (outcome === 'ratified' && (policies === undefined || policies < first)) {
    return `its policies are those of ${policyCommit.slice(0, 10)}, which did not come after what is ratified`
  }
  return undefined
}

/** What was approved is what the commit did. What is computed, another version may have computed otherwise. */
function digestDoubt(
  { digests, steps, engine }: LedgerDecision,
  { commit, demand }: Held,
  known: KnownDecisions,
): string | undefined {
  const { digest, parts } = subjectDigest(demand.subject, known.sha256)
  const sameEngine = engine === known.engine
  const step = steps.find((each) => each.commit === commit.commit)
  if (step) {
    return !sameEngine || step.digest === digest ? undefined : 'the digest of this commit is that of something else'
  }
  const names = [...new Set([...Object.keys(parts), ...Object.keys(digests)])]
  const other = names.filter((part) => (isWritten(part) || sameEngine) && parts[part] !== digests[part])
  return other.length === 0 ? undefined : `what it approved is not what was merged: ${other.join(', ')} differ`
}

/** The reviews that it counts make the verdict that it tells, by the teams of then. */
function reviewsDoubt(decision: LedgerDecision, { commit, demand, teams }: Held): string | undefined {
  const { author, committers, reviews, outcome, at, head } = decision
  if (author === undefined || committers === undefined)
    return 'it does not say who opened the pull request and wrote it'
  const late = reviews.find((review) => review.at !== undefined && review.at > commit.at + skew)
  if (outcome === 'merged' && late) {
    return `${late.login} approved only at ${humanInstant(late.at ?? 0)} UTC, after it had been merged`
  }
  const pull: PullRequest = {
    number: decision.pullRequest,
    author: author && personOf(author),
    base: '',
    head,
    committers: committers.map((each) => each && personOf(each)),
    heads: [],
    bases: [],
    reviews: reviews.map((review) => ({
      user: { ...personOf(review), program: false },
      state: 'APPROVED',
      commit: review.commit,
      ...(review.at !== undefined && { submittedAt: review.at }),
    })),
    now: at,
  }
  const sights = new Map(reviews.map((review) => [review.commit, { demands: [demand] }]))
  const { met, because } = decide(demand, { pull, sights, base: teams, result: teams, now: at })
  return met ? undefined : `the reviews that it counts are not enough: ${because}`
}

function personOf({ login, user }: DecidedPerson): Person {
  return { login, ...(user !== undefined && { id: user }) }
}
