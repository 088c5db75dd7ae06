import type { Seconds } from './instant.ts'
import { spreadOf } from './kpi-figure.ts'
import { addTo } from './lists-by-key.ts'
import { localTime } from './report-time.ts'
import type { Series } from './series.ts'
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

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const hoursOfWeek = 7 * 24

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
    addTo(slots, slot, value)
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
