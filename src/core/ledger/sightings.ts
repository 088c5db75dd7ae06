import type { Instant } from '../instant.ts'
import type { ChainedEntry } from './chain.ts'

/** Tips that the ledger saw and that the mainline does not go on from: one stretch of entries between two that hold. */
export interface LostTips {
  /** The entries, oldest first, whose tips are not on the mainline. */
  readonly entries: readonly [ChainedEntry, ...ChainedEntry[]]
  /** The newest entry before them whose tip is. */
  readonly after?: ChainedEntry
}

/** What the ledger knows of each commit of a mainline, by position. */
export interface Sightings {
  /** When a commit was first seen; `undefined` where the ledger vouches for nothing. */
  readonly firstSeen: (position: number) => Instant | undefined
  /** The first entry by which a commit was there; `undefined` where none saw it yet. */
  readonly entryFor: (position: number) => ChainedEntry | undefined
  /** The instant by which a commit was there, though nobody saw it come: those up to the first entry. */
  readonly thereBy: (position: number) => Instant | undefined
  /** The instant before which a commit cannot have come, because the mainline then ended elsewhere. */
  readonly notBefore: (position: number) => Instant | undefined
  /** Those that were not accepted. */
  readonly lost: readonly LostTips[]
}

/** Positions of commits up to which history was not seen coming in its time. */
export interface Boundaries {
  /** The last commits of histories that were brought in from other tools. */
  readonly imports: readonly number[]
  /** The last commits of histories that were rewritten by consent. */
  readonly rewrites: readonly number[]
}

interface Cover {
  /** Up to and with this position, from the cover before. */
  readonly until: number
  readonly at: Instant
  readonly entry: ChainedEntry
  /** Up to and with this position it vouches for nothing: what came so was older. */
  readonly older: number
}

/**
 * Lays the entries of the ledger along a mainline. All commits between the tip of an entry and that of the one before
 * came by the same push, or by pushes that nobody told apart, and share the time of the entry. The first entry vouches
 * for nothing that was there before it, nor does the one by which an imported or rewritten history came vouch for that.
 */
export function sightingsOf(
  entries: readonly ChainedEntry[],
  positionOf: (commit: string) => number | undefined,
  { imports, rewrites }: Boundaries = { imports: [], rewrites: [] },
): Sightings {
  const covers: Cover[] = []
  const lost: LostTips[] = []
  let missing: ChainedEntry[] = []
  let after: ChainedEntry | undefined
  const cover = (until: number | undefined, entry: ChainedEntry): void => {
    const { at, sequence } = entry
    const from = covers.at(-1)?.until ?? -1
    if (until === undefined || until <= from) return
    const brought = [...imports, ...rewrites].filter((boundary) => boundary > from && boundary <= until)
    covers.push({ until, at, entry, older: sequence === 1 ? until : Math.max(-1, ...brought) })
  }
  const close = (): void => {
    const [first, ...rest] = missing
    const isAccepted = rewrites.some((boundary) => boundary > (covers.at(-1)?.until ?? -1))
    if (first && !isAccepted) lost.push({ entries: [first, ...rest], ...(after && { after }) })
    missing = []
  }
  for (const entry of entries) {
    const [first] = missing
    // What old and new mainline share was there when the old one was seen.
    if (first && entry.fork !== null) cover(positionOf(entry.fork), first)
    const position = positionOf(entry.tip)
    if (position === undefined) {
      missing.push(entry)
      continue
    }
    close()
    cover(position, entry)
    after = entry
  }
  const lastLost = missing.at(-1)
  close()
  const find = (position: number): Cover | undefined => {
    let [low, high] = [0, covers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((covers[middle]?.until ?? 0) < position) low = middle + 1
      else high = middle
    }
    return covers[low]
  }
  return {
    lost,
    firstSeen: (position) => {
      const found = find(position)
      return found && position > found.older ? found.at : undefined
    },
    entryFor: (position) => find(position)?.entry,
    thereBy: (position) => find(position)?.at,
    notBefore: (position) =>
      lastLost && position > Math.max(-1, ...rewrites) && position > (covers.at(-1)?.until ?? -1)
        ? lastLost.at
        : undefined,
  }
}
