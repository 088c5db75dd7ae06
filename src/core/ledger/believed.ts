import { formatInstant } from '../instant.ts'
import type { LedgerEntry } from './entry.ts'

/** Which ledger times rest on, and how good its own times are. */
export interface BelievedLedger {
  /** The branch that was read, as people name it: `origin/gitsm-ledger`. */
  readonly ref: string
  /** The commit of it that was read. */
  readonly commit: string
  /** How many entries hold. */
  readonly entries: number
  /** The last of them. */
  readonly last?: Pick<LedgerEntry, 'sequence' | 'at'>
  /** Those whose time somebody named. */
  readonly byHand: number
  /** Those that no run of continuous integration wrote, so that nobody else can tell when. */
  readonly withoutRun: number
}

/** Tells of a ledger which one it is and how good its times are. */
export function believedLedger(ref: string, commit: string, entries: readonly LedgerEntry[]): BelievedLedger {
  const last = entries.at(-1)
  return {
    ref,
    commit,
    entries: entries.length,
    ...(last && { last: { sequence: last.sequence, at: last.at } }),
    byHand: datedByHand(entries),
    withoutRun: entries.filter(({ run }) => run === null).length,
  }
}

/** The name of the branch alone, which is the same in every clone, whatever it calls its remote. */
export function branchName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1)
}

/** How many entries carry a time that somebody named. */
export function datedByHand(entries: readonly LedgerEntry[]): number {
  return entries.filter(({ source }) => source === 'argument').length
}

/** In one line which ledger was believed, up to where, and how many of its times are weaker than the others. */
export function believedText({ ref, entries, last, byHand, withoutRun }: BelievedLedger): string {
  if (!last) return `Ledger ${ref}: no entry of it is believed`
  const hand = byHand === 0 ? 'none' : String(byHand)
  const alone = withoutRun === 0 ? '' : `, ${withoutRun} written outside of any run`
  return `Ledger ${ref} up to entry ${last.sequence} (${formatInstant(last.at)}): ${hand} of ${entries} dated by hand${alone}`
}
