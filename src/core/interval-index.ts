import type { Instant } from './instant.ts'
import type { TimeSpan } from './time-span.ts'

/** Stretches of time to be found by what they overlap. */
export interface IntervalIndex<T extends TimeSpan> {
  /** In order of their begin. */
  readonly all: readonly T[]
  /** Those that overlap a stretch, in order of their begin, in time that grows with their number and not with all. */
  overlapping(span: TimeSpan): readonly T[]
}

/**
 * Builds an interval tree: the stretches in order of begin are a balanced tree, the middle of each part being its root,
 * which also knows the latest end of its part. Parts that end too soon or begin too late are left out whole.
 */
export function indexIntervals<T extends TimeSpan>(spans: readonly T[]): IntervalIndex<T> {
  const all = spans.toSorted((a, b) => a.from - b.from)
  const latest = new Float64Array(all.length)
  const measure = (low: number, high: number): Instant => {
    if (low >= high) return Number.NEGATIVE_INFINITY
    const middle = (low + high) >> 1
    const own = all[middle]?.until ?? Number.NEGATIVE_INFINITY
    latest[middle] = Math.max(own, measure(low, middle), measure(middle + 1, high))
    return latest[middle] ?? own
  }
  measure(0, all.length)
  return {
    all,
    overlapping({ from, until }) {
      const found: T[] = []
      const visit = (low: number, high: number): void => {
        if (low >= high) return
        const middle = (low + high) >> 1
        if ((latest[middle] ?? from) <= from) return
        visit(low, middle)
        const span = all[middle]
        if (span === undefined || span.from >= until) return
        if (span.until > from) found.push(span)
        visit(middle + 1, high)
      }
      visit(0, all.length)
      return found
    },
  }
}
