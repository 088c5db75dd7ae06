import { fragment } from '../fragment.ts'
import { formatInstant } from '../instant.ts'
import type { Data } from '../record.ts'
import type { Verdict } from '../verdict.ts'
import type { DecidedPerson, LedgerDecision } from './decision.ts'
import { canonicalText, type Sha256 } from './subject-digest.ts'

/** What the file of a decision says, its fields in the order in which people read them. */
export function decisionData(decision: Omit<LedgerDecision, 'file'>): Data {
  const { at, outcome, pullRequest, subject, policy, rule, seen, head, commits, policyCommit, digest } = decision
  const { digests, steps, engine, author, committers, verdict, due, reviews } = decision
  return {
    version: 1,
    at: formatInstant(at),
    outcome,
    pull_request: pullRequest,
    subject,
    policy,
    rule,
    seen,
    head,
    commits,
    policy_commit: policyCommit,
    digest,
    digests,
    ...(steps.length > 0 && { steps: steps.map(({ commit, digest: made }) => ({ commit, digest: made })) }),
    engine,
    author: author ? personData(author) : null,
    committers: (committers ?? []).map((each) => each && personData(each)),
    verdict: verdictData(verdict),
    due: due === undefined ? undefined : formatInstant(due),
    reviews: reviews.map(({ id, login, user, commit, at: given }) => ({
      id,
      login,
      user,
      commit,
      at: given === undefined ? undefined : formatInstant(given),
    })),
  }
}

function personData({ login, user }: DecidedPerson): Data {
  return { login, user }
}

/**
 * So many parts of a verdict are written down: anybody may review a pull request, and its evidence must stay readable.
 */
const mostParts = 40

/** Nothing but what a reader needs, in characters that can be seen; what is met goes before what is not. */
function verdictData({ met, because, parts }: Verdict): Data {
  const told = parts.length > mostParts ? parts.toSorted((a, b) => Number(b.met) - Number(a.met)) : parts
  const left = parts.length - mostParts
  const rest = left > 0 ? [{ met: false, because: `${left} more`, parts: [] }] : []
  return { met, because: shown(because), parts: [...told.slice(0, mostParts).map(verdictData), ...rest] }
}

/** A sentence may be longer than what is quoted in one: each stretch of it is made safe by itself. */
function shown(text: string): string {
  return (text.match(/[\s\S]{1,200}/gu) ?? []).map(fragment).join('')
}

/** Characters that no file of a decision may hold, and the sign by which they are written. */
const unfit = /[\p{C}\p{Zl}\p{Zp}%]/gu

/**
 * The name under which a decision speaks of a record or a file: a path keeps its letters, but for those nobody can see.
 */
export function decisionSubject(key: string): string {
  return key.replace(unfit, (char) => encodeURIComponent(char))
}

/** What makes a decision another one than those before it. */
export type DecisionKey = Pick<
  LedgerDecision,
  'outcome' | 'pullRequest' | 'subject' | 'policy' | 'rule' | 'head' | 'commits'
>

/**
 * Where the file of a decision lies: `decisions/0000/12/1234/merged-change-CHG-1-….yaml`, a hundred pull requests to a
 * folder. The name says what it is about, and ends in a digest of all that makes it another decision.
 */
export function decisionPath(
  decision: DecisionKey & { readonly verdict: { readonly met: boolean } },
  sha256: Sha256,
): string {
  const { outcome, pullRequest, subject, verdict } = decision
  const hundreds = Math.floor(pullRequest / 100)
  const [upper, lower] = [Math.floor(hundreds / 100), hundreds % 100]
  const folder = `${String(upper).padStart(4, '0')}/${String(lower).padStart(2, '0')}/${pullRequest}`
  const told = subject.replaceAll(/[^A-Za-z0-9.]+/g, '-').slice(-60)
  const mark = sha256(`${decisionKey(decision)} ${verdict.met}`).slice('sha256:'.length, 'sha256:'.length + 16)
  return `decisions/${folder}/${outcome}-${told}-${mark}.yaml`
}

/** The same text for decisions on the same: about one subject, by one rule, of one pull request as it ended. */
export function decisionKey({ outcome, pullRequest, subject, policy, rule, head, commits }: DecisionKey): string {
  return canonicalText([outcome, pullRequest, subject, policy, rule, head, commits])
}
