import { humanInstant, type Instant } from '../instant.ts'
import { leaf, type Verdict } from '../verdict.ts'
import type { Ballot, Objection, Vote } from './ballot.ts'
import type { Demand } from './demand.ts'
import type { Evidence } from './evidence.ts'
import { teamsMeant } from './expand.ts'
import { involvementOf, rosterOf } from './involvement.ts'
import { distinctPeople, isMember, isProgram, type Member, membersOf } from './person.ts'
import { seenCommits, sightKey } from './seen-commit.ts'
import { changedSince } from './sight.ts'
import { causeText } from './stale-by.ts'
import { type KnownReview, standingReviews } from './standing-review.ts'

/** A demand put to the evidence as it is at an instant: approvals that have expired by then are gone. */
export interface Question {
  readonly demand: Demand
  readonly evidence: Evidence
  readonly at: Instant
}

/** A review that approves, and what it is worth. */
export interface Cast {
  readonly review: KnownReview
  readonly vote: Vote
}

/** The approvals by members of the teams asked, in the order in which they were given. */
export function castBy(from: readonly string[], question: Question): readonly Cast[] {
  const { evidence } = question
  const rolls = rollsOf(from, question)
  const roster = rosterOf(evidence.base, evidence.result)
  return approvalsIn(evidence.pull).flatMap((review) => {
    const team = rolls.find(({ members }) => members.some((member) => isMember(review.user, member)))?.team
    if (team === undefined || isBot(review)) return []
    const against = objectionTo(review, question, roster)
    return [{ review, vote: { login: review.user.login, team, ...(against && { against }) } }]
  })
}

/** The teams asked, each once, with their members. */
function rollsOf(from: readonly string[], { demand, evidence }: Question) {
  const teams = [...new Set(from.flatMap((name) => teamsMeant(name, demand)))]
  return teams.map((team) => ({ team, members: membersOf(evidence.base, team) ?? [] }))
}

/** Who of the teams asked approved, and whether it counts; who else could approve, and who may not. */
export function ballotOf(from: readonly string[], question: Question): Ballot {
  const { demand, evidence } = question
  const { base, result, pull } = evidence
  const rolls = rollsOf(from, question)
  const cast = castBy(from, question)
  const people = distinctPeople(rolls.flatMap(({ members }) => members).filter((member) => !isProgram(member)))
  const roster = rosterOf(base, result)
  const silent = people.filter((member) => !cast.some(({ review }) => isMember(review.user, member)))
  const part = (member: Member) => involvementOf(member, demand, pull, roster)
  const again = cast.filter(({ vote }) => vote.against !== undefined && vote.against.code !== 'CAB_SELF')
  const open = people.filter(
    (member) =>
      part(member) === undefined &&
      (silent.includes(member) || again.some(({ review }) => isMember(review.user, member))),
  )
  return {
    teams: rolls.map(({ team }) => team),
    members: people.length,
    votes: cast.map(({ vote }) => vote),
    barred: silent.flatMap((member) => {
      const because = part(member)
      return because === undefined ? [] : [{ login: member.login, because }]
    }),
    open: open.map(({ login }) => login),
  }
}

/** What is said of those who approved and whom nobody asked: they are in none of these teams, or programs. */
export function strangersTo(teams: readonly string[], { pull, base }: Evidence): readonly Verdict[] {
  const members = teams.flatMap((team) => membersOf(base, team) ?? [])
  return approvalsIn(pull).flatMap((review) => {
    const { user } = review
    const who = user.id === undefined ? '' : ` (user ${user.id})`
    if (isBot(review)) return leaf(false, `${user.login} approved, but is a program${who}`, 'CAB_NOT_MEMBER')
    if (members.some((member) => isMember(user, member))) return []
    return leaf(false, `${user.login} approved, but is in no team that is asked${who}`, 'CAB_NOT_MEMBER')
  })
}

function approvalsIn(pull: Evidence['pull']): readonly KnownReview[] {
  return standingReviews(pull?.reviews ?? []).last.filter(({ state }) => state === 'APPROVED')
}

function isBot({ user }: KnownReview): boolean {
  return user.program || isProgram(user)
}

/** Why the approval of a member does not count; `undefined` where it does. */
function objectionTo(
  review: KnownReview,
  { demand, evidence, at }: Question,
  roster: readonly Member[],
): Objection | undefined {
  const { user, submittedAt } = review
  const { pull, now } = evidence
  const part = involvementOf(user, demand, pull, roster)
  if (part !== undefined) return { because: `approved, but ${part}`, code: 'CAB_SELF' }
  if (submittedAt !== undefined && submittedAt > now) {
    return { because: 'approved, but approved later than now', code: 'CAB_UNKNOWN' }
  }
  return expiredBecause(review, demand, at) ?? staleBecause(review, demand, evidence)
}

function expiredBecause({ submittedAt }: KnownReview, { rule }: Demand, at: Instant): Objection | undefined {
  if (submittedAt === undefined || rule?.expires === undefined || at < submittedAt + rule.expires) return undefined
  const [given, until] = [submittedAt, submittedAt + rule.expires].map((each) => `${humanInstant(each)} UTC`)
  return { because: `approved at ${given}, which held until ${until}`, code: 'CAB_EXPIRED' }
}

function staleBecause(review: KnownReview, demand: Demand, { pull, sights }: Evidence): Objection | undefined {
  const { submittedAt } = review
  if (pull?.retargetedAt !== undefined && (submittedAt === undefined || submittedAt <= pull.retargetedAt)) {
    const when = `${humanInstant(pull.retargetedAt)} UTC`
    return { because: `approved, but before it was given another base at ${when}`, code: 'CAB_STALE' }
  }
  const seen = seenCommits(review, pull ?? { heads: [] })
  if ('unknown' in seen) return { because: `approved, but ${seen.unknown}`, code: 'CAB_UNKNOWN' }
  for (const commit of seen) {
    const key = sightKey(commit, submittedAt, { bases: pull?.bases ?? [] })
    const sight = sights.get(key)
    const what = changedSince(demand, sight)
    if (what === undefined) continue
    const known = sight !== undefined && !('unreadable' in sight)
    const cause = known && pull ? causeText(demand, { commit, sight }, submittedAt, { pull, sights }) : ''
    const because = `approved ${commit.slice(0, 7)}, but since then ${what}${cause}`
    return { because, code: known ? 'CAB_STALE' : 'CAB_UNKNOWN' }
  }
  return undefined
}
