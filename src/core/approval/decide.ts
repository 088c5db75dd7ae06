import type { RecordIndex } from '../facts.ts'
import { formatInstant, type Instant } from '../instant.ts'
import { leaf, type Verdict } from '../verdict.ts'
import { approvalsVerdict, type Ballot } from './ballot.ts'
import type { Demand } from './demand.ts'
import { involvementOf, rosterOf } from './involvement.ts'
import { isMember, isProgram, membersOf } from './person.ts'
import type { PullRequest } from './pull-request.ts'
import { approversOf, type Requirement, requirementText } from './requirement.ts'
import { seenCommits, sightKey } from './seen-commit.ts'
import { changedSince, type Sight } from './sight.ts'
import { type KnownReview, standingReviews } from './standing-review.ts'

/** What a decision rests on beside the demand itself. */
export interface Evidence {
  /** Absent where nothing is known of a pull request. */
  readonly pull?: PullRequest
  /** What each commit that somebody may have reviewed showed, by `sightKey`. */
  readonly sights: ReadonlyMap<string, Sight>
  /** Teams as the base has them. */
  readonly base: RecordIndex
  /** Records of the merge result, where people may go by another name. */
  readonly result: RecordIndex
  readonly now: Instant
}

/** A demand, and whether it is met. */
export interface Decision extends Verdict {
  readonly demand: Demand
  /** Where the approval may follow: the instant until which, if the change were merged now. */
  readonly until?: Instant
}

/** Decides whether a demand is met by the reviews of a pull request (DESIGN.md §6). */
export function decide(demand: Demand, evidence: Evidence): Decision {
  const { rule, policy } = demand
  if (!rule)
    return { demand, met: false, because: `No rule of ${policy.id} matches, so nobody can approve it`, parts: [] }
  if (rule.require.kind === 'none') return { demand, ...leaf(true, `${rule.name}: no approval is needed`) }
  const obstacles = evidence.pull ? obstaclesOf(evidence.pull) : []
  const require = expanded(rule.require, demand)
  const verdict = required(require, demand, evidence)
  const objections = objectionsTo(demand, require, evidence)
  const met = verdict.met && obstacles.length === 0 && objections.length === 0
  const [first] = [...obstacles, ...objections]
  const because = first ? first.because : verdict.because
  const parts = [...obstacles, ...objections, verdict]
  const until = rule.retroactive === undefined || objections.length > 0 ? undefined : evidence.now + rule.retroactive
  if (met || until === undefined) return { demand, met, because: `${rule.name}: ${because}`, parts }
  return { demand, met, because: `${rule.name}: ${because}; it may follow until ${formatInstant(until)}`, parts, until }
}

/** What makes the evidence of a pull request as a whole unfit to decide on. */
function obstaclesOf({ author, committers, head, heads }: PullRequest): readonly Verdict[] {
  const last = heads.at(-1)?.sha
  return [
    ...(author ? [] : [leaf(false, 'nobody knows who opened the pull request')]),
    ...(committers.includes(null) ? [leaf(false, 'nobody knows who wrote one of its commits')] : []),
    ...(last === undefined || last === head
      ? []
      : [leaf(false, `${head.slice(0, 7)} is not the commit that was pushed last, ${last.slice(0, 7)}`)]),
  ]
}

/** Who asks for changes and may: a member of any team that the rule names, or somebody nobody knows any more. */
function objectionsTo(demand: Demand, require: Requirement, { pull, base }: Evidence): readonly Verdict[] {
  const { last, orphaned } = standingReviews(pull?.reviews ?? [])
  const teams = approversOf(require).flatMap((name) => teamsMeant(name, demand))
  const members = teams.flatMap((team) => membersOf(base, team) ?? [])
  return [
    ...last
      .filter(({ state, user }) => state === 'CHANGES_REQUESTED' && members.some((each) => isMember(user, each)))
      .map(({ user }) => leaf(false, `${user.login} asks for changes`)),
    ...orphaned
      .filter(({ state }) => state === 'CHANGES_REQUESTED')
      .map(() => leaf(false, 'an account that is gone asks for changes; dismiss its review')),
  ]
}

/** A word of a policy as the teams that it means for a demand. */
function teamsMeant(name: string, { owner, serviceOwners }: Demand): readonly string[] {
  if (name === 'owner') return owner === undefined ? [] : [owner]
  return name === 'service-owner' ? serviceOwners : [name]
}

/** The requirement with the words written out that stand for requirements of their own. */
function expanded(require: Requirement, demand: Demand): Requirement {
  if (require.kind === 'all' || require.kind === 'any') {
    return { kind: require.kind, parts: require.parts.map((part) => expanded(part, demand)) }
  }
  if (require.kind !== 'approvals') return require
  const { approvals, from } = require
  if (from.includes('catalogue-item')) return demand.itemApproval ?? noItem
  if (!from.includes('each-service-owner')) return require
  if (demand.serviceOwners.length === 0) return { kind: 'unreadable', because: 'no affected service has an owner' }
  return { kind: 'all', parts: demand.serviceOwners.map((team) => ({ kind: 'approvals', approvals, from: [team] })) }
}

const noItem: Requirement = { kind: 'unreadable', because: 'there is no catalogue item that could say who agrees' }

function required(require: Requirement, demand: Demand, evidence: Evidence): Verdict {
  switch (require.kind) {
    case 'none':
      return leaf(true, 'no approval is needed')
    case 'unreadable':
      return leaf(false, `nothing can meet it: ${require.because}`)
    case 'author':
      return authorVerdict(require, demand, evidence)
    case 'approvals':
      return approvalsVerdict(require.approvals, require.from, ballotOf(require.from, demand, evidence))
    default: {
      const parts = require.parts.map((part) => required(part, demand, evidence))
      const met = parts.length > 0 && (require.kind === 'all' ? parts.every(isMet) : parts.some(isMet))
      const telling = parts.filter((part) => part.met === met).map(({ because }) => because)
      const because =
        telling.length === 0 ? requirementText(require) : telling.join(require.kind === 'all' ? '; ' : ', or ')
      return { met, because, parts }
    }
  }
}

/** Whether everybody who had a hand in the pull request is in one of the teams. */
function authorVerdict(
  require: Extract<Requirement, { readonly kind: 'author' }>,
  demand: Demand,
  { pull, base }: Evidence,
): Verdict {
  const asked = requirementText(require)
  if (!pull) return leaf(false, `waits for ${asked}`)
  const members = require.author
    .flatMap((name) => teamsMeant(name, demand))
    .flatMap((team) => membersOf(base, team) ?? [])
  const people = [pull.author, ...pull.committers].filter((person) => person !== null)
  const stranger = people.find((person) => !members.some((member) => isMember(person, member)))
  if (stranger) return leaf(false, `${asked}, but ${stranger.login} is no member`)
  return leaf(pull.author !== null, `${asked}: ${pull.author?.login ?? 'nobody known'}`)
}

function isMet({ met }: Verdict): boolean {
  return met
}

/** Everybody who approved, and whether it counts for the teams asked; and who else could approve. */
function ballotOf(from: readonly string[], demand: Demand, evidence: Evidence): Ballot {
  const { base, result, pull } = evidence
  const teams = [...new Set(from.flatMap((name) => teamsMeant(name, demand)))]
  const members = teams.map((team) => ({ team, members: membersOf(base, team) ?? [] }))
  const roster = rosterOf(base, result)
  const reviews = standingReviews(pull?.reviews ?? [])
  const votes = reviews.last
    .filter(({ state }) => state === 'APPROVED')
    .map((review) => {
      const team = members.find((each) => each.members.some((member) => isMember(review.user, member)))?.team
      const against = voidBecause(review, team, demand, evidence, roster)
      return {
        login: review.user.login,
        ...(team !== undefined && { team }),
        ...(against !== undefined && { against }),
      }
    })
  const spoken = reviews.last.filter(({ state }) => state === 'APPROVED')
  const able = members.flatMap((each) => each.members)
  const open = able.filter(
    (member) =>
      !isProgram(member) &&
      involvementOf(member, demand, pull, roster) === undefined &&
      !spoken.some(({ user }, at) => isMember(user, member) && votes[at]?.against === undefined),
  )
  return { teams, votes, open: [...new Set(open.map(({ login }) => login))] }
}

/** Why an approval does not count; `undefined` where it does. */
function voidBecause(
  review: KnownReview,
  team: string | undefined,
  demand: Demand,
  { pull, sights, now }: Evidence,
  roster: Parameters<typeof involvementOf>[3],
): string | undefined {
  const { user, submittedAt } = review
  if (user.program || isProgram(user)) return 'is a program'
  if (team === undefined) return `is in no team that is asked${user.id === undefined ? '' : ` (user ${user.id})`}`
  const part = involvementOf(user, demand, pull, roster)
  if (part !== undefined) return part
  if (submittedAt !== undefined && submittedAt > now) return 'approved later than now'
  const seen = seenCommits(review, { heads: pull?.heads ?? [] })
  if ('unknown' in seen) return `approved, but ${seen.unknown}`
  const sight = (commit: string) => sights.get(sightKey(commit, submittedAt, { bases: pull?.bases ?? [] }))
  const changes = seen.map((commit) => ({ commit, what: changedSince(demand, sight(commit)) }))
  const [stale] = changes.filter(({ what }) => what !== undefined)
  return stale && `approved ${stale.commit.slice(0, 7)}, but since then ${stale.what}`
}
