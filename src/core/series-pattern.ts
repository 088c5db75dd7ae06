import type { Seconds } from './instant.ts'
import { spreadOf } from './kpi-figure.ts'
import { localTime } from './report-time.ts'
import { mainColumn, type Series } from './series.ts'
import type { TimeSpan } from './time-span.ts'

/** The hour of the week in which a series stands highest, or lowest where less is worse. */
export interface Peak {
  readonly weekday: string
  readonly hour: number
  readonly median: number
  /** The median of all values of the period. */
  readonly usual: number
  readonly n: number
}

/** How closely a column moves with another. */
export interface Correlation {
  readonly column: string
  /** Spearman's rank correlation, -1 to 1. */
  readonly rank: number
  readonly n: number
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const hoursOfWeek = 7 * 24

/** The fewest values from which a correlation is told. */
const fewestToCorrelate = 30

/**
 * The hour of the week whose values stand highest in the median; `null` for a series that has fewer than two values for
 * some hour of the week.
 */
export function peakOf({ points }: Series, span: TimeSpan, zone: string): Peak | null {
  const slots = new Map<number, number[]>()
  const all: number[] = []
  for (const { at, values } of points) {
    const [value] = values
    if (at < span.from || at >= span.until || value === null || value === undefined) continue
    const { weekday, hour } = localTime(at, zone)
    const slot = (weekday - 1) * 24 + hour
    const list = slots.get(slot)
    if (list) list.push(value)
    else slots.set(slot, [value])
    all.push(value)
  }
  if (slots.size < hoursOfWeek || [...slots.values()].some(({ length }) => length < 2)) return null
  const medians = [...slots].map(([slot, values]) => ({ slot, median: medianOf(values), n: values.length }))
  const highest = medians.reduce((a, b) => (b.median > a.median || (b.median === a.median && b.slot < a.slot) ? b : a))
  const weekday = weekdays[Math.floor(highest.slot / 24)] ?? ''
  return { weekday, hour: highest.slot % 24, median: highest.median, usual: medianOf(all), n: highest.n }
}

function medianOf(values: readonly number[]): number {
  const { median }: { readonly median: Seconds | null } = spreadOf(values)
  return median ?? 0
}

/** How the values move with each further column of the same series, closest first; columns with too little are left out. */
export function correlationsOf({ columns, points }: Series, span: TimeSpan): readonly Correlation[] {
  const within = points.filter(({ at }) => at >= span.from && at < span.until)
  return columns
    .flatMap((column, index): readonly Correlation[] => {
      if (column === mainColumn) return []
      const pairs = within.flatMap(({ values }) => {
        const [value, other] = [values[0], values[index]]
        return typeof value === 'number' && typeof other === 'number' ? [[value, other] as const] : []
      })
      if (pairs.length < fewestToCorrelate) return []
      const rank = pearson(ranks(pairs.map(([value]) => value)), ranks(pairs.map(([, other]) => other)))
      return rank === undefined ? [] : [{ column, rank, n: pairs.length }]
    })
    .toSorted((a, b) => Math.abs(b.rank) - Math.abs(a.rank))
}

/** Ranks from 1; what is equal shares the mean of its ranks. */
function ranks(values: readonly number[]): readonly number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value)
  const found: number[] = values.map(() => 0)
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && order[end]?.value === order[start]?.value) end++
    for (const { index } of order.slice(start, end)) found[index] = (start + 1 + end) / 2
    start = end
  }
  return found
}

function pearson(ones: readonly number[], others: readonly number[]): number | undefined {
  const mean = (ones.length + 1) / 2
  let [shared, one, other] = [0, 0, 0]
  for (const [index, value] of ones.entries()) {
    const [x, y] = [value - mean, (others[index] ?? mean) - mean]
    shared += x * y
    one += x * x
    other += y * y
  }
  return one === 0 || other === 0 ? undefined : shared / Math.sqrt(one * other)
}
