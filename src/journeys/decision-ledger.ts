import { isAncestor } from '../adapters/git/ledger-branch.ts'
import { ledgerTampers } from '../adapters/git/ledger-history.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { Instant } from '../core/instant.ts'
import { type BelievedLedger, believedLedger } from '../core/ledger/believed.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { readDecisions, readLedger } from './ledger-reading.ts'
import { ledgerSource, shortRef } from './ledger-source.ts'

/** The ledger as one asks it about some commits, without reading the whole history beside it. */
export interface DecisionLedger {
  readonly believed?: BelievedLedger
  /** What a reader must know of ledgers that were not believed. */
  readonly notes: readonly string[]
  /** What keeps it from being relied on, in sentences. */
  readonly doubts: readonly string[]
  /** Evidence about one subject. */
  decisionsOn(subject: string): Promise<readonly LedgerDecision[]>
  /** When a commit was first seen on the mainline; `undefined` where nobody knows. */
  sightOf(commit: string): Promise<Instant | undefined>
  /** Whether the ledger had begun when a commit came, so that its decisions are there. */
  watched(commit: string): Promise<boolean>
}

/** Opens the ledger that is believed, for questions about commits of a mainline that ends in a tip. */
export async function decisionLedger(git: GitDir, tip: string): Promise<DecisionLedger> {
  const source = await ledgerSource(git)
  const ledger = await readLedger(git, source)
  if (!ledger) return { ...silent, notes: source.notes }
  const { entries, commit, ref, broken, diverged } = ledger
  const [first, last] = [entries[0], entries.at(-1)]
  const tampers = await ledgerTampers(git, commit)
  const lost = last !== undefined && !(await isAncestor(git, last.tip, tip))
  const doubts = [
    ...(broken ? [`the chain of the ledger is broken: ${broken.message}`] : []),
    ...(diverged === undefined ? [] : [diverged]),
    ...tampers.map(({ message }) => `the ledger was changed: ${message}`),
    ...(lost
      ? [
          `the ledger saw the mainline end in ${last.tip.slice(0, 10)}, which is not part of it here: fetch it, or it was rewritten`,
        ]
      : []),
  ]
  const seenBy = async (index: number, asked: string): Promise<boolean> =>
    isAncestor(git, asked, entries[index]?.tip ?? asked)
  return {
    believed: believedLedger(shortRef(ref), commit, entries),
    notes: source.notes,
    doubts,
    decisionsOn: async (subject) =>
      (await readDecisions(git, ledger, subject)).decisions.filter((each) => each.subject === subject),
    async sightOf(asked) {
      if (lost || last === undefined || !(await seenBy(entries.length - 1, asked))) return undefined
      let [low, high] = [0, entries.length - 1]
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        if (await seenBy(middle, asked)) high = middle
        else low = middle + 1
      }
      return entries[low]?.at
    },
    watched: async (asked) => first !== undefined && !(await isAncestor(git, asked, first.tip)),
  }
}

const silent: DecisionLedger = {
  notes: [],
  doubts: [],
  decisionsOn: async () => [],
  sightOf: async () => undefined,
  watched: async () => false,
}
