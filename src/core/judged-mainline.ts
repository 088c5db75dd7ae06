import type { MainlineCommit } from './history.ts'
import type { Instant } from './instant.ts'
import type { LedgerDecision } from './ledger/decision.ts'
import type { JudgedFinding, Judgement } from './ledger/judgement.ts'
import { type JudgementChain, keptFindings } from './ledger/judgement-chain.ts'

/** A judgement that the ledger keeps, and how far along the mainline it reaches. */
export interface ReachedJudgement
  extends Pick<Judgement, 'sequence' | 'at' | 'tip' | 'engine' | 'run' | 'untold' | 'unvouched'> {
  /** Position of its last commit, the last one where it goes on from there; `null` where it is not known to be on the mainline. */
  readonly position: number | null
  /** Whether its last commit is in this clone, so that it is known whether the mainline holds it. */
  readonly isHere: boolean
}

/** Something that `verify` found, and what became of it. */
export interface FindingLife extends Pick<JudgedFinding, 'rule' | 'subject' | 'message' | 'count'> {
  /** `null` where it is about the ledger. */
  readonly commit: MainlineCommit | null
  readonly foundAt: Instant
  /** `null` while it stands. */
  readonly settledAt: Instant | null
  /** The decision that approved it afterwards, where one did. */
  readonly ratified: { readonly pullRequest: number; readonly at: Instant } | null
}

/** What the ledger keeps of how the mainline was judged. */
export interface JudgedMainline {
  /** Oldest first. */
  readonly judgements: readonly ReachedJudgement[]
  /** In the order in which they were told, but those about commits that are not on the mainline any more. */
  readonly findings: readonly FindingLife[]
  /** Why further judgements cannot be read; `null` where all can. */
  readonly broken: string | null
}

/** What is known of commits that judgements end in, and that are not on the part of the mainline that is told of. */
export interface TipsElsewhere {
  /** Those to which the mainline goes on from its last commit: nothing that is told of stays unjudged. */
  readonly later: ReadonlySet<string>
  /** Those that are not in this clone. */
  readonly missing: ReadonlySet<string>
}

/** Lays the judgements of a ledger along a mainline: those made by an instant, where one is given. */
export function judgedMainline(
  { judgements, broken }: JudgementChain,
  commits: readonly MainlineCommit[],
  decisions: readonly LedgerDecision[],
  { later, missing }: TipsElsewhere,
  asOf: Instant = Number.POSITIVE_INFINITY,
): JudgedMainline {
  const made = judgements.filter(({ at }) => at <= asOf)
  const byId = new Map(commits.map((each) => [each.commit, each]))
  const ratifications = decisions.filter(
    ({ outcome, verdict, at }) => outcome === 'ratified' && verdict.met && at <= asOf,
  )
  const findings = [...keptFindings(made).all.values()].flatMap(({ number: _, commit: id, ...told }): FindingLife[] => {
    const commit = id === null ? null : byId.get(id)
    if (commit === undefined) return []
    const by =
      told.settledAt === null || id === null
        ? undefined
        : ratifications.find((each) => each.subject === told.subject && each.commits.includes(id))
    const { rule, subject, message, count, foundAt, settledAt } = told
    const ratified = by ? { pullRequest: by.pullRequest, at: by.at } : null
    return [{ rule, subject, message, count, commit, foundAt, settledAt, ratified }]
  })
  return {
    judgements: made.map(({ sequence, at, tip, engine, run, untold, unvouched }) => {
      const position = later.has(tip) ? commits.length - 1 : (byId.get(tip)?.position ?? null)
      return { sequence, at, tip, engine, run, untold, unvouched, position, isHere: !missing.has(tip) }
    }),
    findings,
    broken: broken?.message ?? null,
  }
}
