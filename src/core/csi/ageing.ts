import { type Share, type Spread, spreadOf } from '../kpi-figure.ts'
import { ageBuckets, ageOf, type PeriodIncidents } from '../kpi-incident.ts'
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
const lastBucket = ageBuckets.length - 1

/** Sorts the incidents open at the end of the period by age. */
export function ageingOf({ now, before }: Pick<Basis, 'now' | 'before'>): Ageing {
  const [counts, earlier] = [countsOf(now), before.coverage === 'whole' ? countsOf(before) : null]
  return {
    n: now.open.length,
    buckets: ageBuckets.map(({ title }, index) => ({
      title,
      count: counts[index] ?? 0,
      before: earlier === null ? null : (earlier[index] ?? 0),
    })),
    age: spreadOf(now.open.map((life) => ageOf(life, now))),
    old: { count: counts[lastBucket] ?? 0, n: now.open.length },
    oldest: now.open.toSorted((a, b) => a.openedAt - b.openedAt).slice(0, longest),
  }
}

function countsOf(figures: PeriodIncidents): readonly number[] {
  const days = figures.open.map((life) => Math.floor(ageOf(life, figures) / 86_400))
  return ageBuckets.map(({ from, until }) => days.filter((day) => day >= from && day < until).length)
}
