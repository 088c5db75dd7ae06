import { compare } from '../diagnostic.ts'
import { significance } from '../kpi-comparison.ts'
import type { Share } from '../kpi-figure.ts'
import { type Life, valueIn } from '../kpi-life.ts'
import { fisherExact, holm, leastFisher } from '../kpi-statistics.ts'
import { addTo } from '../lists-by-key.ts'
import { textsAt } from '../record.ts'
import type { Basis } from './basis.ts'

/** What incidents are counted by. */
export type Origin = 'service' | 'ci' | 'category'

/** Values that the same incidents have, such as three servers of one pool. */
export interface OriginRow {
  readonly values: readonly string[]
  readonly count: number
  /** Of the incidents that have a value. */
  readonly share: Share
  /** Incidents here or in a row above. */
  readonly cumulative: Share
}

/** Incidents opened in a period by where they come from, most first. */
export interface Pareto {
  readonly by: Origin
  /** Incidents that have a value. */
  readonly n: number
  /** Incidents opened in all. */
  readonly opened: number
  readonly rows: readonly OriginRow[]
  /** Rows that it takes to reach 80 %; 0 where there is no data. */
  readonly vitalFew: number
}

/** The values of an incident. */
export function originsIn(by: Origin, { data }: Pick<Life, 'data'>): readonly string[] {
  if (by === 'ci') return [...new Set(textsAt(data, 'cis'))]
  const value = valueIn(by, data)
  return value === null ? [] : [value]
}

/** Incidents that share some values. */
interface Group {
  readonly values: readonly string[]
  readonly lives: readonly Life[]
}

/** Gathers incidents by value; values that name the very same incidents make one group. */
function groupsOf(by: Origin, lives: readonly Life[]): readonly Group[] {
  const named = new Map<string, Life[]>()
  for (const life of lives) for (const value of originsIn(by, life)) addTo(named, value, life)
  const together = new Map<string, { values: string[]; lives: readonly Life[] }>()
  for (const [value, own] of [...named].sort(([a], [b]) => compare(a, b))) {
    const same = own.map(({ incident }) => incident.id).join(' ')
    const group = together.get(same)
    if (group) group.values.push(value)
    else together.set(same, { values: [value], lives: own })
  }
  return [...together.values()]
}

/** Counts incidents by a value; values that name the very same incidents share a row. */
export function paretoOf(by: Origin, lives: readonly Life[]): Pareto {
  const groups = groupsOf(by, lives)
  const n = new Set(groups.flatMap((group) => group.lives)).size
  const covered = new Set<Life>()
  const rows = groups
    .toSorted((a, b) => b.lives.length - a.lives.length || compare(a.values[0] ?? '', b.values[0] ?? ''))
    .map(({ values, lives: own }) => {
      for (const life of own) covered.add(life)
      return { values, count: own.length, share: { count: own.length, n }, cumulative: { count: covered.size, n } }
    })
  const vitalFew = rows.findIndex(({ cumulative: { count } }) => count * 100 >= n * 80) + 1
  return { by, n, opened: lives.length, rows, vitalFew }
}

/** A service, CI or category whose share of incidents has changed, beyond chance. */
export interface Shift {
  readonly by: Origin
  readonly values: readonly string[]
  readonly now: Share
  readonly earlier: Share
  readonly rose: boolean
  /** Fisher's exact probability after Holm's correction. */
  readonly p: number
}

/** Shares of incidents that have changed, and how many were looked at. */
export interface Shifts {
  readonly tested: number
  readonly found: readonly Shift[]
}

/** Compares the share of every service, CI and category with that of the earlier periods taken together. */
export function shiftsOf({ now, earlier }: Pick<Basis, 'now' | 'earlier'>): Shifts {
  const before = earlier.flatMap(({ opened }) => opened)
  const asked = (['service', 'ci', 'category'] as const).flatMap((by) => {
    const isTold = (life: Life): boolean => originsIn(by, life).length > 0
    const [here, there] = [new Set(now.opened.filter(isTold)), before.filter(isTold)]
    if (here.size === 0 || there.length === 0) return []
    return groupsOf(by, [...here, ...there]).flatMap(({ values, lives }) => {
      const count = lives.filter((life) => here.has(life)).length
      const [one, other] = [
        { count, n: here.size },
        { count: lives.length - count, n: there.length },
      ]
      return leastFisher(one, other) < significance ? [{ by, values, now: one, earlier: other }] : []
    })
  })
  const corrected = holm(asked.map((each) => fisherExact(each.now, each.earlier)))
  const found = asked
    .map((each, index) => ({
      ...each,
      rose: each.now.count * each.earlier.n > each.earlier.count * each.now.n,
      p: corrected[index] ?? 1,
    }))
    .filter(({ p }) => p < significance)
    .sort((a, b) => a.p - b.p || compare(a.values[0] ?? '', b.values[0] ?? ''))
  return { tested: asked.length, found }
}
