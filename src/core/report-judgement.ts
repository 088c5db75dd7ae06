import type { Instant } from './instant.ts'
import type { FindingLife } from './judged-mainline.ts'
import { isWithin } from './period.ts'
import type { ReportFacts } from './report.ts'
import { type RecordLink, recordLink } from './report-page.ts'

/** Something that `verify` found in a commit of the period. */
export interface FoundLine
  extends Pick<FindingLife, 'rule' | 'subject' | 'message' | 'count' | 'ratified' | 'settledAt'> {
  readonly at: Instant
  readonly commit: string
  readonly by: string
  /** The record that it is about, where that still stands. */
  readonly record: RecordLink | null
  /** When it was found, where the period was over by then. */
  readonly foundLater: Instant | null
}

/** Something that `verify` found in the ledger. */
export type LedgerLine = Pick<FindingLife, 'rule' | 'subject' | 'message' | 'foundAt' | 'settledAt'>

/** What is kept of how the mainline was judged, as the page for auditors tells it. */
export interface JudgementPart {
  /** Whether anything is kept. */
  readonly kept: boolean
  /** The first judgement that reaches the newest commit of the page, else the one that reaches farthest. */
  readonly by: {
    readonly number: string
    readonly at: Instant
    readonly tip: string
    readonly engine: string
    readonly run: string | null
  } | null
  /** The last judgement whose newest commit this clone does not have, so that nobody can tell here how far it reaches. */
  readonly beyond: { readonly number: string; readonly tip: string } | null
  /** Commits up to the as-of instant that no judgement is known to reach. */
  readonly unjudged: number
  /** Those that stand first, each in the order of the mainline. */
  readonly found: readonly FoundLine[]
  readonly open: number
  readonly ofLedger: readonly LedgerLine[]
  /** Findings on the whole mainline that the last judgement counts, and that none tells one by one yet: perhaps of the period. */
  readonly untold: number
  /** Commits on the whole mainline of which nobody can know whether they were approved. */
  readonly unvouched: number
  readonly broken: string | null
}

/**
 * What `verify` kept about the commits of the period. The judgement that is named never changes once one reaches the
 * newest commit of the page; what later judgements found or settled about the period is told with its day.
 */
export function judgementPart(facts: ReportFacts, page: string): JudgementPart {
  const { judged, commits, period } = facts
  if (!judged) return { ...nothing, unjudged: commits }
  const reached = judged.judgements.filter(({ position }) => position !== null)
  const reach = ({ position }: (typeof reached)[number]): number => position ?? -1
  const covering = reached.find((each) => reach(each) >= commits - 1)
  const by =
    covering ??
    reached.reduce<(typeof reached)[number] | undefined>(
      (best, each) => (best && reach(best) >= reach(each) ? best : each),
      undefined,
    )
  const beyond = covering ? undefined : judged.judgements.findLast(({ isHere }) => !isHere)
  const found = judged.findings
    .flatMap((life) => foundLine(facts, page, life) ?? [])
    .toSorted((a, b) => Number(a.settledAt !== null) - Number(b.settledAt !== null) || a.position - b.position)
    .map(({ position: _, ...line }) => line)
  return {
    kept: judged.judgements.length > 0,
    by: by
      ? { number: String(by.sequence), at: by.at, tip: by.tip.slice(0, 10), engine: by.engine, run: by.run }
      : null,
    beyond: beyond ? { number: String(beyond.sequence), tip: beyond.tip.slice(0, 10) } : null,
    unjudged: by ? Math.max(0, commits - 1 - reach(by)) : commits,
    found,
    open: found.filter(({ settledAt }) => settledAt === null).length,
    ofLedger: judged.findings
      .filter(({ commit, foundAt, settledAt }) => {
        return commit === null && foundAt < period.until && (settledAt === null || settledAt >= period.from)
      })
      .map(({ rule, subject, message, foundAt, settledAt }) => ({ rule, subject, message, foundAt, settledAt })),
    untold: judged.judgements.at(-1)?.untold ?? 0,
    unvouched: by?.unvouched ?? 0,
    broken: judged.broken,
  }
}

const nothing: Omit<JudgementPart, 'unjudged'> = {
  ...{ kept: false, by: null, beyond: null, found: [], open: 0, ofLedger: [], untold: 0, unvouched: 0, broken: null },
}

function foundLine(
  facts: ReportFacts,
  page: string,
  { commit, foundAt, ...life }: FindingLife,
): (FoundLine & { readonly position: number }) | undefined {
  if (!commit || commit.position >= facts.commits || !isWithin(facts.period, commit.at)) return undefined
  const { rule, subject, message, count, ratified, settledAt } = life
  const [type = '', id = ''] = subject.split('/')
  const record = subject === `${type}/${id}` ? facts.tree.find(type, id) : undefined
  return {
    ...{ rule, subject, message, count, ratified, settledAt },
    ...{ at: commit.at, commit: commit.commit.slice(0, 10), by: commit.by, position: commit.position },
    record: record ? recordLink(facts, page, record) : null,
    foundLater: foundAt >= facts.period.until ? foundAt : null,
  }
}
