import { formatInstant, humanInstant } from '../core/instant.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import type { LedgerEntry } from '../core/ledger/entry.ts'
import type { PendingRatification } from '../core/ledger/pending-ratification.ts'
import type { Verdict } from '../core/verdict.ts'
import { json } from './json.ts'
import { appendedText, entryJson } from './ledger.ts'
import { oneLine, paint } from './terminal.ts'

/** A decision in the ledger, and whether it was written just now. */
export interface RecordedDecision {
  readonly decision: LedgerDecision
  readonly isNew: boolean
}

/** Something that waits for its approval after the merge. */
interface AskedRatification extends PendingRatification {
  readonly pull?: { readonly number: number; readonly url: string }
  /** Why there is no pull request that asks for it. */
  readonly because?: string
}

/** What was recorded about pull requests that have ended. */
export interface Recorded {
  readonly entry: LedgerEntry
  /** Whether the entry was written now; else it is the one that had seen the tip already. */
  readonly isNew: boolean
  readonly decisions: readonly RecordedDecision[]
  /** Decisions of the ledger that the forge contradicts. */
  readonly contradicted: readonly { readonly decision: LedgerDecision; readonly because: string }[]
  /** What was merged before its approval and waits for it, with the pull request that asks for it. */
  readonly ratifications: readonly AskedRatification[]
  /** The remote that took it. */
  readonly remote?: string
  /** What could not be recorded, and what whoever reads it must know. */
  readonly notes: readonly string[]
}

/** What was recorded, as JSON. */
export function recordedJson({
  entry,
  isNew,
  decisions,
  contradicted,
  remote,
  notes,
  ratifications,
}: Recorded): string {
  return json({
    appended: isNew,
    pushed: remote ?? null,
    notes,
    entry: entryJson(entry),
    decisions: decisions.map(({ decision, isNew: written }) => decisionJson(decision, written)),
    contradicted: contradicted.map(({ decision, because }) => {
      const { file, pullRequest, subject } = decision
      return { file, pullRequest, subject, because }
    }),
    ratifications: ratifications.map(({ decision, due, isOverdue, pull, because }) => ({
      subject: decision.subject,
      commit: decision.commits.at(-1) ?? null,
      due: formatInstant(due),
      overdue: isOverdue,
      pullRequest: pull?.number ?? null,
      url: pull?.url ?? null,
      because: because ?? null,
    })),
  })
}

function decisionJson(decision: LedgerDecision, written: boolean): object {
  const { file, at, outcome, pullRequest, subject, policy, rule, seen, head, commits, digest, verdict } = decision
  return {
    written,
    file,
    at: formatInstant(at),
    outcome,
    pullRequest,
    subject,
    policy,
    rule,
    seen,
    head,
    commits,
    digest,
    ...verdictJson(verdict),
    reviews: decision.reviews.map(({ id, login, commit, at: given }) => {
      return { id: id ?? null, login, commit, at: given === undefined ? null : formatInstant(given) }
    }),
  }
}

function verdictJson({ met, because, parts }: Verdict): object {
  return { met, because, parts: parts.map(verdictJson) }
}

/** What was recorded, for people. */
export function recordedText(recorded: Recorded, colour: boolean): string {
  const { green, red, dim } = paint(colour)
  const lines = recorded.decisions.map(({ decision, isNew }) => {
    const { pullRequest, outcome, subject, verdict, file } = decision
    const mark = verdict.met ? green('✓') : red('✗')
    const known = isNew ? '' : dim(' (recorded before)')
    return `${mark} pull request ${pullRequest}, ${outcome}: ${oneLine(subject)}, ${oneLine(verdict.because)}${known}\n  ${dim(oneLine(file))}\n`
  })
  const forged = recorded.contradicted.map(({ decision, because }) => {
    const { pullRequest, subject, file } = decision
    return `${red('✗')} the ledger says that ${oneLine(subject)} was approved in pull request ${pullRequest}, but GitHub contradicts it: ${oneLine(because)}\n  ${dim(oneLine(file))}\n`
  })
  const waiting = recorded.ratifications.map(({ decision, due, isOverdue, pull, because }) => {
    const asks = pull ? `pull request ${pull.number} asks for it (${pull.url})` : `nobody is asked: ${because ?? ''}`
    const when = `${isOverdue ? 'was' : 'is'} due by ${humanInstant(due)} UTC`
    return `${isOverdue ? red('✗') : '…'} ${oneLine(decision.subject)} was merged before its approval, which ${when}; ${oneLine(asks)}\n`
  })
  return `${appendedText(recorded, colour)}${lines.join('')}${forged.join('')}${waiting.join('')}`
}
