import type { RecordIndex } from '../facts.ts'
import { formatInstant, humanHours, type Instant } from '../instant.ts'
import { leaf, type Verdict } from '../verdict.ts'
import { approvalsVerdict } from './ballot.ts'
import type { Demand } from './demand.ts'
import type { Evidence } from './evidence.ts'
import { expanded, teamsMeant } from './expand.ts'
import { isNamedSo, rosterOf } from './involvement.ts'
import { isMember, membersOf, type Person } from './person.ts'
import type { PullRequest } from './pull-request.ts'
import { approversOf, namedAuthor, type Requirement, requirementText } from './requirement.ts'
import { standingReviews } from './standing-review.ts'
import { ballotOf, type Question, strangersTo } from './vote.ts'

/** A demand, and whether it is met. */
export interface Decision extends Verdict {
  readonly demand: Demand
  /** Where the approval may follow: the instant until which, if the change were merged now. */
  readonly until?: Instant
  /** Where it is met by approvals that expire: the instant from which it no longer is, if nobody approves anew. */
  readonly expires?: Instant
}

/** Decides whether a demand is met by the reviews of a pull request (DESIGN.md §6). */
export function decide(demand: Demand, evidence: Evidence): Decision {
  const { rule, policy } = demand
  if (!rule)
    return { demand, met: false, because: `No rule of ${policy.id} matches, so nobody can approve it`, parts: [] }
  const require = expanded(rule.require, demand)
  if (require.kind === 'none') return { demand, ...leaf(true, `${rule.name}: no approval is needed`) }
  const obstacles = evidence.pull ? obstaclesOf(evidence.pull) : []
  const verdict = required(require, { demand, evidence, at: evidence.now })
  const asked = approversOf(require).flatMap((name) => teamsMeant(name, demand))
  const objections = objectionsTo(asked, evidence)
  const met = verdict.met && obstacles.length === 0 && objections.length === 0
  const [first] = [...obstacles, ...objections]
  const because = first ? first.because : verdict.because
  const parts = [...obstacles, ...objections, verdict, ...strangersTo(asked, evidence)]
  const until = rule.retroactive === undefined || objections.length > 0 ? undefined : evidence.now + rule.retroactive
  const expires = met ? expiryOf(require, demand, evidence) : undefined
  if (expires !== undefined) {
    const holds = `holds until ${formatInstant(expires)}`
    return { demand, met, because: `${rule.name}: ${because}; ${holds}`, parts, expires }
  }
  if (met || until === undefined) return { demand, met, because: `${rule.name}: ${because}`, parts }
  // A sentence that waiting would change could never be left as it stands in a comment.
  const within = humanHours(rule.retroactive ?? 0)
  return { demand, met, because: `${rule.name}: ${because}; it may follow within ${within} of the merge`, parts, until }
}

/** The first instant at which approvals that meet a requirement now have run out, so that it is met no longer. */
function expiryOf(require: Requirement, demand: Demand, evidence: Evidence): Instant | undefined {
  const length = demand.rule?.expires
  if (length === undefined) return undefined
  const ends = (evidence.pull?.reviews ?? []).map(({ submittedAt }) => (submittedAt ?? 0) + length)
  return ends
    .filter((at) => at > evidence.now)
    .toSorted((a, b) => a - b)
    .find((at) => !required(require, { demand, evidence, at }).met)
}

/** What is said of a commit that the forge maps to no account. */
export const unknownWriter = 'nobody knows who wrote one of its commits: its e-mail address belongs to no account'

/** What makes the evidence of a pull request as a whole unfit to decide on. */
function obstaclesOf({ author, committers, head, heads, onlyMoves, unknownPushers }: PullRequest): readonly Verdict[] {
  const last = heads.at(-1)
  // Of several pushes in one second nobody can say which was the last.
  const isLast = last === undefined || onlyMoves || heads.some(({ sha, since }) => sha === head && since === last.since)
  return [
    ...(author ? [] : [leaf(false, 'nobody knows who opened the pull request', 'CAB_UNATTRIBUTED')]),
    ...(committers.includes(null) ? [leaf(false, unknownWriter, 'CAB_UNATTRIBUTED')] : []),
    ...(unknownPushers === undefined ? [] : [leaf(false, unknownPushers, 'CAB_UNATTRIBUTED')]),
    ...(isLast
      ? []
      : [leaf(false, `${short(head)} is not the commit that was pushed last, ${short(last.sha)}`, 'CAB_UNKNOWN')]),
  ]
}

function short(commit: string): string {
  return commit.slice(0, 7)
}

/** Who asks for changes and may: a member of any team that the rule names, or somebody nobody knows any more. */
function objectionsTo(teams: readonly string[], { pull, base }: Evidence): readonly Verdict[] {
  const { last, orphaned } = standingReviews(pull?.reviews ?? [])
  const members = teams.flatMap((team) => membersOf(base, team) ?? [])
  return [
    ...last
      .filter(({ state, user }) => state === 'CHANGES_REQUESTED' && members.some((each) => isMember(user, each)))
      .map(({ user }) =>
        leaf(false, `${user.login} asks for changes, and has to approve or see that review dismissed`, 'CAB_VETO'),
      ),
    ...orphaned
      .filter(({ state }) => state === 'CHANGES_REQUESTED')
      .map(() => leaf(false, 'an account that is gone asks for changes; dismiss its review', 'CAB_VETO')),
  ]
}

function required(require: Requirement, question: Question): Verdict {
  switch (require.kind) {
    case 'none':
      return leaf(true, 'no approval is needed')
    case 'unreadable':
      return leaf(false, `nothing can meet it: ${require.because}`)
    case 'author':
      return authorVerdict(require, question)
    case 'approvals':
      return approvalsVerdict(require.approvals, require.from, ballotOf(require.from, question))
    default: {
      const parts = require.parts.map((part) => required(part, question))
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
  { demand, evidence: { pull, base } }: Question,
): Verdict {
  const asked = requirementText(require)
  if (!pull) return leaf(false, `waits for ${asked}`)
  const members = require.author
    .flatMap((name) => teamsMeant(name, demand))
    .flatMap((team) => membersOf(base, team) ?? [])
  const pushers = pull.heads.flatMap(({ by }) => (by === undefined ? [] : [by]))
  const people = [pull.author, ...pull.committers, ...pushers].filter((person) => person !== null)
  const isNamed = require.author.includes(namedAuthor) ? isNamedAuthor(demand, base) : () => false
  const stranger = people.find((person) => !isNamed(person) && !members.some((member) => isMember(person, member)))
  if (stranger) {
    const why = require.author.every((name) => name === namedAuthor) ? 'had a part in it and is not' : 'is no member'
    return leaf(false, `${asked}, but ${stranger.login} ${why}`)
  }
  const known = pull.author !== null && !pushers.includes(null)
  return leaf(known, `${asked}: ${known ? pull.author.login : 'nobody knows by whom it is'}`)
}

/** Tells whether somebody is whom a record names as its author, and named before where it is edited. */
function isNamedAuthor({ involved }: Demand, base: RecordIndex): (person: Person) => boolean {
  const names = involved.flatMap(({ field, person }) => (field === 'author' ? [person] : []))
  const roster = rosterOf(base)
  return (person) => names.length > 0 && names.every((name) => isNamedSo(person, name, roster))
}

function isMet({ met }: Verdict): boolean {
  return met
}
