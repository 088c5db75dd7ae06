import type { LedgerDecision } from '../ledger/decision.ts'
import type { LedgerFinding } from '../ledger/finding.ts'
import type { DoubtedDecision } from './authorisation.ts'
import { fileDoubt } from './decision-doubt.ts'
import { type KnownDecisions, mayAuthorise } from './known-decisions.ts'

/** What a replay made of the decisions that it met. */
export interface MetDecisions {
  /** The last position that was not judged. */
  readonly after: number
  /** Decisions that were asked for where they say so. */
  readonly asked: ReadonlySet<LedgerDecision>
  readonly doubted: readonly DoubtedDecision[]
}

/**
 * A finding for each decision of the ledger that git contradicts, whether anything rests on it or not: evidence is
 * either true or forged. What is about commits that were not judged is not held against them.
 */
export function falseDecisions(
  known: KnownDecisions,
  { after, asked, doubted }: MetDecisions,
): readonly LedgerFinding[] {
  const because = new Map(doubted.map((each) => [each.decision, each.because]))
  return known.decisions.flatMap((decision) => {
    const doubt = because.get(decision) ?? fileDoubt(decision, known) ?? unasked(decision, known, { after, asked })
    return doubt === undefined ? [] : [falseDecision(decision, doubt)]
  })
}

/** Why a decision is about nothing that anybody had to decide. */
function unasked(
  decision: LedgerDecision,
  { positions, whole }: KnownDecisions,
  { after, asked }: Pick<MetDecisions, 'after' | 'asked'>,
): string | undefined {
  if (!mayAuthorise(decision) || asked.has(decision)) return undefined
  const { commits, subject, policy } = decision
  const places = commits.map((commit) => positions.get(commit))
  if (places.some((place) => place !== undefined && place <= after)) return undefined
  if (places.every((place) => place === undefined)) {
    return whole ? 'none of the commits that it names is on the mainline' : undefined
  }
  return `the commits that it names did nothing to ${subject} that ${policy} speaks about`
}

function falseDecision({ file, pullRequest, subject }: LedgerDecision, because: string): LedgerFinding {
  return {
    rule: 'decision-holds',
    path: file,
    message: `The decision of pull request ${pullRequest} on ${subject} does not hold: ${because}`,
    hint: `It authorises nothing; git log gitsm-ledger -- ${file} shows who wrote it`,
  }
}
