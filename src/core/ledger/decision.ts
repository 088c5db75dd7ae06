import { type Instant, parseInstant } from '../instant.ts'
import { type Data, isData, listAt, textAt, textsAt } from '../record.ts'
import type { Verdict } from '../verdict.ts'

/** A review that a decision counted. */
export interface DecidedReview {
  /** Number of the review at the forge. */
  readonly id: number
  readonly login: string
  /** Numeric id of the account, where the forge told it. */
  readonly user?: number
  /** The commit that was reviewed. */
  readonly commit: string
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
  /** Digest of what the approval was given for: `sha256:…`. */
  readonly digest: string
  readonly verdict: Verdict
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
  const known = reviews.filter((review) => review !== undefined)
  if (known.length < reviews.length) return 'one of its reviews cannot be read'
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
    verdict,
    reviews: known,
  }
}

/**
 * Whether evidence says that what a mainline commit did to a subject was authorised: a decision on it that was met, of a
 * pull request that became this commit.
 */
export function authorisation(
  decisions: readonly LedgerDecision[],
  commit: string,
  subject: string,
): LedgerDecision | undefined {
  return decisions.find(
    (each) =>
      (each.outcome === 'merged' || each.outcome === 'ratified') &&
      each.verdict.met &&
      each.subject === subject &&
      each.commits.includes(commit),
  )
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
  if (typeof id !== 'number' || typeof login !== 'string' || typeof commit !== 'string') return undefined
  return { id, login, commit, ...(typeof user === 'number' && { user }) }
}
