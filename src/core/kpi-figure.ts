import { humanDuration, type Seconds } from './instant.ts'

/** How many of how many. `n` is the population; `n` = 0 means that there is no data. */
export interface Share {
  readonly count: number
  readonly n: number
}

/** Lengths of time, as mean, median and 90th percentile in seconds; `null` where there is no data. */
export interface Spread {
  readonly n: number
  readonly mean: Seconds | null
  readonly median: Seconds | null
  readonly p90: Seconds | null
}

/** What a figure with an empty population says. */
export const noData = 'no data'

/** The share of the items for which something holds. */
export function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): Share {
  return { count: items.filter(holds).length, n: items.length }
}

/**
 * Mean, median and 90th percentile. The median of an even number of values is the mean of the middle two; the 90th
 * percentile is the smallest value that at least 90 % of the values do not exceed (nearest rank), so it did occur.
 */
export function spreadOf(values: readonly Seconds[]): Spread {
  const n = values.length
  if (n === 0) return { n, mean: null, median: null, p90: null }
  const sorted = values.toSorted((a, b) => a - b)
  const [low = 0, high = 0] = [sorted[Math.ceil(n / 2) - 1], sorted[Math.floor(n / 2)]]
  return {
    n,
    mean: values.reduce((sum, value) => sum + value, 0) / n,
    median: (low + high) / 2,
    p90: sorted[Math.ceil((n * 9) / 10) - 1] ?? null,
  }
}

/**
 * A share in percent: with one decimal from 1000 on, else none, since fewer cannot bear it. What is not quite all never
 * reads 100 %, and what is not quite nothing never reads 0 %.
 */
export function percentText({ count, n }: Share): string {
  if (n === 0) return noData
  const decimals = n >= 1000 ? 1 : 0
  const [least, most] = decimals === 0 ? ['1', '99'] : ['0.1', '99.9']
  const text = ((100 * count) / n).toFixed(decimals)
  if (count > 0 && Number(text) === 0) return `under ${least} %`
  if (count < n && Number(text) === 100) return `over ${most} %`
  return `${Number(text)} %`
}

/**
 * A length of time in its two largest units: rounded to whole minutes from one hour on, down to whole hours from one
 * day on; `no data` for `null`.
 */
export function durationText(length: Seconds | null): string {
  if (length === null) return noData
  if (Math.abs(length) >= 86_400) return humanDuration(Math.trunc(length))
  const step = Math.abs(length) >= 3600 ? 60 : 1
  return humanDuration(Math.round(length / step) * step)
}
