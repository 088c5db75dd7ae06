import { type Instant, parseInstant } from '../instant.ts'
import { type Data, isData, listAt, textAt, textsAt } from '../record.ts'
import type { Verdict } from '../verdict.ts'

/** Somebody who opened a pull request or wrote a commit of it. */
export interface DecidedPerson {
  readonly login: string
  /** Numeric id of the account, where the forge told it. */
  readonly user?: number
}

/** A review that a decision counted. */
export interface DecidedReview {
  /** Number of the review at the forge, where it has one. */
  readonly id?: number
  readonly login: string
  /** Numeric id of the account, where the forge told it. */
  readonly user?: number
  /** The commit that was reviewed. */
  readonly commit: string
  /** When it was submitted. */
  readonly at?: Instant
}

/** What a decision was about at an earlier one of the mainline commits that its pull request became. */
export interface DecidedStep {
  readonly commit: string
  readonly digest: string
}

/** What became of a pull request: `ratified` is approved after it had been merged, as an emergency change may be. */
export type DecisionOutcome = 'merged' | 'ratified' | 'rejected' | 'closed'

/** The evidence of one decision about one record or file of one pull request: a YAML file in the ledger. */
export interface LedgerDecision {
  /** Path of its file in the ledger. */
  readonly file: string
  readonly at: Instant
  readonly outcome: DecisionOutcome
  readonly pullRequest: number
  /** What was decided about: `<type>/<id>`, or the path of a file that is no record. */
  readonly subject: string
  readonly policy: string
  /** Name of the rule of the policy that spoke; `null` where none matched. */
  readonly rule: string | null
  /** The newest commit that every counted review saw; `null` where none was needed. */
  readonly seen: string | null
  readonly head: string
  /** The mainline commits that the pull request became, oldest first; empty where it was not merged. */
  readonly commits: readonly string[]
  /** The commit whose policies decided. */
  readonly policyCommit: string
  /**
   * Digest of what the approval was given for: `sha256:…`; of a merge, as the last commit that asked for it left it.
   */
  readonly digest: string
  /** The digests of its parts, by their names. */
  readonly digests: Readonly<Record<string, string>>
  /** The commits before that one that asked for it as well, where the pull request became several. */
  readonly steps: readonly DecidedStep[]
  /** Version of GitSM that computed what is not written in the record. */
  readonly engine: string | null
  /** Whoever opened the pull request; `null` for an account that is gone, absent where the file does not say. */
  readonly author?: DecidedPerson | null
  /** Everybody who wrote or committed a commit of it; `null` where the forge knows no account. */
  readonly committers?: readonly (DecidedPerson | null)[]
  readonly verdict: Verdict
  /** Until when the approval may follow, where it may. */
  readonly due?: Instant
  readonly reviews: readonly DecidedReview[]
}

const outcomes: readonly DecisionOutcome[] = ['merged', 'ratified', 'rejected', 'closed']
const commitForm = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const digestForm = /^sha256:[0-9a-f]{64}$/
const deepest = 16

/** Reads what the file of a decision says; a text says what is wrong with one that cannot be relied on. */
export function decisionOf(file: string, data: Data): LedgerDecision | string {
  if (data['version'] !== 1) return `it is of version ${JSON.stringify(data['version'])}, not 1`
  const at = parseInstant(textAt(data, 'at') ?? '')
  const outcome = outcomes.find((each) => each === data['outcome'])
  const pullRequest = data['pull_request']
  const [subject, policy, head] = [textAt(data, 'subject'), textAt(data, 'policy'), textAt(data, 'head')]
  const [policyCommit, digest] = [textAt(data, 'policy_commit'), textAt(data, 'digest')]
  const seen = data['seen'] ?? null
  const commits = textsAt(data, 'commits')
  const verdict = verdictOf(data['verdict'], deepest)
  const due = parseInstant(textAt(data, 'due') ?? '')
  const reviews = listAt(data, 'reviews').map(reviewOf)
  if (at === undefined) return 'its time is no instant'
  if (!outcome) return `its outcome is none of ${outcomes.join(', ')}`
  if (typeof pullRequest !== 'number' || !Number.isSafeInteger(pullRequest)) return 'it names no pull request'
  if (!subject || !policy) return 'it names no subject or no policy'
  if (![head, policyCommit, ...commits, ...(seen === null ? [] : [seen])].every(isCommit)) {
    return 'one of its commits is none'
  }
  if (!digest || !digestForm.test(digest)) return 'it has no digest'
  if (!verdict) return 'it has no verdict'
  if ('due' in data && due === undefined) return 'its due time is no instant'
  const known = reviews.filter((review) => review !== undefined)
  if (known.length < reviews.length) return 'one of its reviews cannot be read'
  const digests = digestsOf(data['digests'])
  const steps = listAt(data, 'steps').flatMap(stepOf)
  if (!digests || steps.length < listAt(data, 'steps').length) return 'one of its digests is none'
  const author = 'author' in data ? personOf(data['author']) : undefined
  const committers = 'committers' in data ? listAt(data, 'committers').map(personOf) : undefined
  if (('author' in data && author === undefined) || committers?.some((each) => each === undefined)) {
    return 'one of its people is nobody'
  }
  return {
    file,
    at,
    outcome,
    pullRequest,
    subject,
    policy,
    rule: textAt(data, 'rule') ?? null,
    seen: typeof seen === 'string' ? seen : null,
    head: head ?? '',
    commits,
    policyCommit: policyCommit ?? '',
    digest,
    digests,
    steps,
    engine: textAt(data, 'engine') ?? null,
    ...(author !== undefined && { author }),
    ...(committers && { committers: committers.filter((each) => each !== undefined) }),
    verdict,
    ...(due !== undefined && { due }),
    reviews: known,
  }
}

function isCommit(value: unknown): boolean {
  return typeof value === 'string' && commitForm.test(value)
}

function verdictOf(value: unknown, levels: number): Verdict | undefined {
  if (!isData(value) || levels === 0) return undefined
  const { met, because } = value
  const parts = listAt(value, 'parts').map((part) => verdictOf(part, levels - 1))
  const known = parts.filter((part) => part !== undefined)
  if (typeof met !== 'boolean' || typeof because !== 'string' || known.length < parts.length) return undefined
  return { met, because, parts: known }
}

function reviewOf(value: unknown): DecidedReview | undefined {
  if (!isData(value)) return undefined
  const { id, login, user, commit } = value
  const at = parseInstant(textAt(value, 'at') ?? '')
  if (typeof login !== 'string' || !isCommit(commit) || typeof commit !== 'string') return undefined
  if ((id !== undefined && typeof id !== 'number') || ('at' in value && at === undefined)) return undefined
  return {
    login,
    commit,
    ...(typeof id === 'number' && { id }),
    ...(typeof user === 'number' && { user }),
    ...(at !== undefined && { at }),
  }
}

function personOf(value: unknown): DecidedPerson | null | undefined {
  if (value === null) return null
  if (!isData(value)) return undefined
  const { login, user } = value
  return typeof login === 'string' ? { login, ...(typeof user === 'number' && { user }) } : undefined
}

function stepOf(value: unknown): readonly DecidedStep[] {
  const { commit, digest } = isData(value) ? value : {}
  const sound = isCommit(commit) && typeof commit === 'string' && typeof digest === 'string' && digestForm.test(digest)
  return sound ? [{ commit, digest }] : []
}

function digestsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return {}
  if (!isData(value)) return undefined
  const digests = Object.entries(value).flatMap(([part, digest]) =>
    typeof digest === 'string' && digestForm.test(digest) ? [[part, digest] as const] : [],
  )
  return digests.length === Object.keys(value).length ? Object.fromEntries(digests) : undefined
}
