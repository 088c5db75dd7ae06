import { Fault } from '../fault.ts'
import { formatInstant, humanDuration, type Instant, type Seconds } from '../instant.ts'
import type { ChainedEntry } from './chain.ts'
import type { LedgerEntry } from './entry.ts'

/** How a tip lies to the one that the ledger saw last. */
export type Relation =
  | { readonly kind: 'onward' }
  /** It is that tip, or one that it went on from. */
  | { readonly kind: 'covered' }
  | { readonly kind: 'rewritten'; readonly fork: string | null }

/** What is seen now. */
export interface Sight {
  readonly tip: string
  readonly branch: string
  readonly relation: Relation
  readonly run?: string
  /** The clock of this machine. */
  readonly now: Instant
  /** When the forge says that it took the push. */
  readonly pushed?: Instant
  /** The time that the caller names. */
  readonly named?: Instant
}

/** By how much clocks of machines may differ before that is worth a word. */
const clockSkew: Seconds = 300

/** The entry to append for what is seen; `undefined` where the ledger has seen it already. */
export function nextEntry(last: ChainedEntry | undefined, sight: Sight): LedgerEntry | undefined {
  const { tip, branch, relation, run } = sight
  const about = { ...timeOf(last, sight), branch, tip, run: run ?? null }
  if (!last) {
    return { ...about, sequence: 1, event: 'baseline', previousTip: null, fork: null, previous: null }
  }
  if (relation.kind === 'covered') return undefined
  return {
    ...about,
    sequence: last.sequence + 1,
    event: relation.kind === 'rewritten' ? 'rewritten' : 'push',
    previousTip: last.tip,
    fork: relation.kind === 'rewritten' ? relation.fork : null,
    previous: last.digest,
  }
}

/**
 * The best time there is: one that is named, else the forge's own, else the clock; never before the last entry. Where
 * one machine's clock once ran ahead, what comes after shares its time until that has come: a ledger that stood still
 * instead would vouch for nothing, and nobody could tell what came when.
 */
function timeOf(last: ChainedEntry | undefined, { now, pushed, named }: Sight): Pick<LedgerEntry, 'at' | 'source'> {
  const earliest = last?.at ?? 0
  if (named !== undefined) {
    if (named > now || named < earliest) {
      const bound = named > now ? 'it has not come yet' : `the last entry is of ${formatInstant(earliest)}`
      throw new Fault(`No tip can have been seen at ${formatInstant(named)}: ${bound}`, {
        cure: 'Name the instant at which the server took the push, or leave --at out',
      })
    }
    return { at: named, source: 'argument' }
  }
  if (pushed !== undefined && pushed >= earliest && pushed <= now + clockSkew) return { at: pushed, source: 'push' }
  return { at: Math.max(now, earliest), source: 'clock' }
}

/**
 * What to say of an entry that the clock of this machine says has not come yet; `undefined` where it says no such
 * thing.
 */
export function aheadOfClock({ at }: LedgerEntry, now: Instant): string | undefined {
  if (at - now <= clockSkew) return undefined
  return `The clock of this machine lies ${humanDuration(at - now)} before the last entry, so the new one is of the same time, ${formatInstant(at)}. Set this clock right, if it is wrong; if the one of the last entry was, all entries share its time until that has come`
}
