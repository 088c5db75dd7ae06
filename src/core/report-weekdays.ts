import type { Instant } from './instant.ts'
import { localTime } from './report-time.ts'

/** Hours of the day that share a row, with what was counted on each weekday, Monday first. */
export interface HourRow {
  /** `09:00–10:00` */
  readonly title: string
  readonly days: readonly { readonly count: number; readonly isPeak: boolean }[]
  readonly sum: number
}

/** When things happened: hours of the day against weekdays, on the wall clock of a zone. */
export interface OpeningHours {
  /** One row an hour; neighbouring hours without anything share one. */
  readonly rows: readonly HourRow[]
  readonly days: readonly { readonly title: string; readonly sum: number }[]
  /** The largest sum of a row. */
  readonly most: number
  readonly n: number
  /** Whether a peak is marked: only where two of each weekday lie between the first and the last. */
  readonly hasPeak: boolean
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Two of each weekday, in days. */
const twoWeeks = 14

/**
 * Counts instants by weekday and hour. The hours with the most in the whole week are its peak, unless the instants span
 * fewer than two of some weekday: then the weekdays cannot be held against each other.
 */
export function openingHours(instants: readonly Instant[], zone: string): OpeningHours {
  const counts = Array.from({ length: 24 }, () => weekdays.map(() => 0))
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const at of instants) {
    const { weekday, hour, day } = localTime(at, zone)
    ;[first, last] = [Math.min(first, day), Math.max(last, day)]
    const row = counts[hour]
    if (row) row[weekday - 1] = (row[weekday - 1] ?? 0) + 1
  }
  const hasPeak = last - first + 1 >= twoWeeks
  const peak = Math.max(1, ...counts.flat())
  const rows: HourRow[] = []
  for (let hour = 0; hour < 24; ) {
    const days = counts[hour] ?? []
    const sum = total(days)
    let until = hour + 1
    while (sum === 0 && until < 24 && total(counts[until] ?? []) === 0) until++
    rows.push({
      title: `${clock(hour)}–${clock(until)}`,
      days: days.map((count) => ({ count, isPeak: hasPeak && count === peak })),
      sum,
    })
    hour = until
  }
  return {
    rows,
    days: weekdays.map((title, day) => ({ title, sum: total(counts.map((row) => row[day] ?? 0)) })),
    most: Math.max(0, ...rows.map(({ sum }) => sum)),
    n: instants.length,
    hasPeak,
  }
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
