import type { Provenance } from './history.ts'
import type { BelievedLedger } from './ledger/believed.ts'
import type { LedgerFinding } from './ledger/finding.ts'

/** What the times of a mainline rest on, in sum. */
export interface EvidenceAccount {
  /** How many commits count by which kind of time. */
  readonly counts: Readonly<Record<Provenance, number>>
  /** What speaks against the ledger, or between it and the mainline. */
  readonly findings: readonly LedgerFinding[]
  /** Commits whose date did not stand, because it runs ahead of, or behind, others. */
  readonly doubted: readonly DoubtedCommit[]
  /**
   * The entry of the ledger by which the newest commit was there, once there is one, the branch that holds it, and how
   * many entries up to it somebody dated. What comes later changes none of it.
   */
  readonly anchor?: {
    readonly sequence: number
    readonly digest: string
    readonly ledger: string
    readonly byHand: number
  }
  /** The ledger that was read, where there is one. */
  readonly believed?: BelievedLedger
  /** Why some evidence could not be weighed. */
  readonly notes: readonly string[]
}

/** A commit whose date others contradict; it counts as made when the one before it was. */
export interface DoubtedCommit {
  readonly commit: string
  readonly doubt: 'ahead' | 'behind'
}

/** Doubted commits in one sentence; `undefined` where there are none. */
export function doubtedText(doubted: readonly DoubtedCommit[]): string | undefined {
  if (doubted.length === 0) return undefined
  const named = doubted.slice(0, few).map(({ commit, doubt }) => `${commit.slice(0, 10)} (${doubt})`)
  const more = doubted.length > few ? ` and ${doubted.length - few} more` : ''
  const isOne = doubted.length === 1
  const claim = isOne ? '1 commit claims a time' : `${doubted.length} commits claim times`
  return `${claim} that others contradict, and ${isOne ? 'counts' : 'count'} as made when the commit before was: ${named.join(', ')}${more}`
}

const few = 3

/** The kinds of times, best first. */
export const provenanceLadder: readonly Provenance[] = ['attested', 'signed', 'observed', 'claimed']

/** How many times of some are known by what. */
export interface TimeQuality {
  readonly instants: number
  readonly claimed: number
  /** Best first, only those that occur, `claimed` among them. */
  readonly kinds: readonly { readonly provenance: Provenance; readonly count: number }[]
}

/** Counts times by how they are known. */
export function timeQuality(provenances: readonly Provenance[]): TimeQuality {
  const counts = new Map<Provenance, number>()
  for (const each of provenances) counts.set(each, (counts.get(each) ?? 0) + 1)
  return {
    instants: provenances.length,
    claimed: counts.get('claimed') ?? 0,
    kinds: provenanceLadder.flatMap((provenance) => {
      const count = counts.get(provenance)
      return count === undefined ? [] : [{ provenance, count }]
    }),
  }
}

/**
 * The quality of times in one sentence: `12 of 40 instants are claimed, 28 attested`; `undefined` where there are none.
 */
export function timeQualityText({ instants, claimed, kinds }: TimeQuality): string | undefined {
  if (instants === 0) return undefined
  const others = kinds.filter(({ provenance }) => provenance !== 'claimed')
  const rest = others.map(({ provenance, count }) => `, ${count} ${provenance}`).join('')
  return `${claimed} of ${instants} instants ${claimed === 1 ? 'is' : 'are'} claimed${rest}`
}
