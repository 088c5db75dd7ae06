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
  /** The instant by which a commit was there, though nobody saw it come: those up to the first entry. */
  readonly thereBy: (position: number) => Instant | undefined
  /** The instant before which a commit cannot have come, because the mainline then ended elsewhere. */
  readonly notBefore: (position: number) => Instant | undefined
  /** Those that were not accepted. */
  readonly lost: readonly LostTips[]
}

interface Cover {
  /** Up to and with this position, from the cover before. */
  readonly until: number
  readonly at: Instant
  readonly isBaseline: boolean
}

/**
 * Lays the entries of the ledger along a mainline. All commits between the tip of an entry and that of the one before
 * came by the same push, or by pushes that nobody told apart, and share the time of the entry. The first entry vouches
 * for nothing that was there before it, nor does any for commits up to `accepted`, which were brought in from elsewhere or
 * rewritten by consent.
 */
export function sightingsOf(
  entries: readonly ChainedEntry[],
  positionOf: (commit: string) => number | undefined,
  accepted = -1,
): Sightings {
  const covers: Cover[] = []
  const lost: LostTips[] = []
  let missing: ChainedEntry[] = []
  let after: ChainedEntry | undefined
  const cover = (until: number | undefined, { at, sequence }: ChainedEntry): void => {
    if (until !== undefined && until > (covers.at(-1)?.until ?? -1)) {
      covers.push({ until, at, isBaseline: sequence === 1 })
    }
  }
  const close = (): void => {
    const [first, ...rest] = missing
    const isAccepted = accepted > (covers.at(-1)?.until ?? -1)
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
      const found = position > accepted ? find(position) : undefined
      return found?.isBaseline === false ? found.at : undefined
    },
    thereBy: (position) => find(position)?.at,
    notBefore: (position) =>
      position > accepted && lastLost && position > (covers.at(-1)?.until ?? -1) ? lastLost.at : undefined,
  }
}
