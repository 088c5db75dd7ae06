import { type Share, type Spread, spreadOf } from '../kpi-figure.ts'
import { ageBuckets, ageOf, openFor } from '../kpi-incident.ts'
import type { Life } from '../kpi-life.ts'
import type { Basis } from './basis.ts'

/** How long the open incidents have been open. */
export interface Ageing {
  readonly n: number
  /** With how many there were at the end of the period before; `null` where the history does not cover it. */
  readonly buckets: readonly { readonly title: string; readonly count: number; readonly before: number | null }[]
  readonly age: Spread
  /** Of all that are open, those older than 30 days. */
  readonly old: Share
  /** The longest open first. */
  readonly oldest: readonly Life[]
}

const longest = 3

/** Sorts the incidents open at the end of the period by age. */
export function ageingOf({ now, before }: Pick<Basis, 'now' | 'before'>): Ageing {
  const last = ageBuckets.at(-1)
  return {
    n: now.open.length,
    buckets: ageBuckets.map((bucket) => ({
      title: bucket.title,
      count: openFor(bucket, now),
      before: before.coverage === 'whole' ? openFor(bucket, before) : null,
    })),
    age: spreadOf(now.open.map((life) => ageOf(life, now))),
    old: { count: last ? openFor(last, now) : 0, n: now.open.length },
    oldest: now.open.toSorted((a, b) => a.openedAt - b.openedAt).slice(0, longest),
  }
}
