import { formatInstant } from '../instant.ts'
import type { ChainBreak } from './chain.ts'
import type { LedgerEntry } from './entry.ts'
import type { LostTips } from './sightings.ts'

/** Something that should not be in a ledger, or between it and the mainline. */
export interface LedgerFinding {
  readonly rule:
    | ChainBreak['rule']
    | 'ledger-append-only'
    | 'ledger-diverged'
    | 'decision-readable'
    | 'decision-holds'
    | 'judgement-chain'
    | 'judgement-holds'
    | 'judgement-kept'
    | 'history-rewritten'
  /** The file of the ledger that it is about, where it is about one. */
  readonly path?: string
  /** The commit that it is about: of the ledger, or the tip of the mainline that was lost. */
  readonly commit?: string
  readonly message: string
  readonly hint: string
}

/** The finding of a broken chain. */
export function brokenChain({ rule, path, message, believed }: ChainBreak): LedgerFinding {
  const count =
    ['no entry vouches', 'only the first entry vouches'][believed] ?? `only the first ${believed} entries vouch`
  return { rule, path, message, hint: `Now ${count} for times; git log gitsm-ledger -- ${path} shows who wrote it` }
}

/** The finding of branches that contradict each other. */
export function divergedLedger(message: string): LedgerFinding {
  return {
    rule: 'ledger-diverged',
    message,
    hint: 'Only what they have in common is believed; find out which one is right, and remove the other',
  }
}

/** The finding of tips that the mainline does not go on from. */
export function lostTips({ entries, after }: LostTips): LedgerFinding {
  const last = entries.at(-1) ?? entries[0]
  const ended = `It ended in ${last.tip.slice(0, 10)} (entry ${last.sequence}, ${formatInstant(last.at)})`
  const since = after
    ? `the last tip that is still part of it is ${after.tip.slice(0, 10)} (entry ${after.sequence}, ${formatInstant(after.at)})`
    : 'no tip that was seen before is part of it'
  const many = entries.length === 1 ? '' : `, one of ${entries.length} such tips`
  return {
    rule: 'history-rewritten',
    commit: last.tip,
    message: `The mainline was rewritten. ${ended}${many}, and does not go on from there; ${since}`,
    hint: rewrittenCure(last),
  }
}

/** What to do when the mainline does not go on from where it ended. */
export function rewrittenCure({ branch, tip }: Pick<LedgerEntry, 'branch' | 'tip'>): string {
  return `Make it the mainline again and merge what came instead (git switch -C ${branch} ${tip}, then git merge --no-ff), and name that merge under evidence.rewrites in gitsm.yaml; if the rewriting was meant, name its last commit there`
}
