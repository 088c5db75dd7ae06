import { type CalendarYear, calendarYear } from './calendar-year.ts'
import type { Instant, Seconds } from './instant.ts'
import { type OpeningHours, openingHours } from './opening-hours.ts'
import type { Data } from './record.ts'

/** A stretch of time in which a calendar is open, closed by its hours, or closed by a holiday. */
export interface OpeningStretch {
  readonly from: Instant
  readonly until: Instant
  readonly kind: 'open' | 'closed' | 'holiday'
  /** Of a holiday, where it has one. */
  readonly title?: string
}

/** Opening hours on the line of time. Before 1970 and after 2200, in its own zone, a calendar is closed. */
export interface Calendar {
  readonly zone: string
  /** Open seconds in `[from, until)`; 0 when reversed. */
  elapsed(from: Instant, until: Instant): Seconds
  /**
   * The earliest instant at which `target` open seconds have passed since `start`: a target used up exactly at closing
   * gives the closing instant, a target of zero the next instant that is open. `undefined` when that never comes.
   */
  due(start: Instant, target: Seconds): Instant | undefined
  /** What `[from, until)` consists of, without gap or overlap. */
  stretches(from: Instant, until: Instant): readonly OpeningStretch[]
}

const firstYear = 1970
const lastYear = 2200

/** The calendar of a calendar record; `undefined` when its hours make no sense. */
export function calendarOf(data: Data): Calendar | undefined {
  const hours = openingHours(data)
  return hours && calendar(hours)
}

const allDay = [{ from: 0, until: 24 * 60 }]

/** The built-in calendar `always`: around the clock, UTC. */
export const always: Calendar = calendar({ zone: 'UTC', week: Array.from({ length: 7 }, () => allDay), holidays: [] })

function calendar(hours: OpeningHours): Calendar {
  const years = new Map<number, CalendarYear>()
  const everOpen = [...hours.week, ...hours.holidays.map((holiday) => holiday.hours)].some(({ length }) => length > 0)

  const tableOf = (year: number): CalendarYear => {
    const known = years.get(year)
    if (known) return known
    const table = calendarYear(hours, year)
    years.set(year, table)
    return table
  }

  /** The local year of an instant, or the nearest that is known. */
  const yearOf = (at: Instant): number => {
    const year = Math.min(lastYear, Math.max(firstYear, new Date(at * 1000).getUTCFullYear()))
    const { days } = tableOf(year)
    if (at < (days[0] ?? 0) && year > firstYear) return year - 1
    return at >= (days[days.length - 1] ?? 0) && year < lastYear ? year + 1 : year
  }

  const elapsed = (from: Instant, until: Instant): Seconds => {
    if (until <= from || !everOpen) return 0
    const [first, last] = [yearOf(from), yearOf(until)]
    let total = openBefore(tableOf(last), until) - openBefore(tableOf(first), from)
    for (let year = first; year < last; year++) total += wholeYear(tableOf(year))
    return total
  }

  const due = (start: Instant, target: Seconds): Instant | undefined => {
    if (!everOpen) return undefined
    const first = yearOf(start)
    let needed = target + openBefore(tableOf(first), start)
    for (let year = first; year <= lastYear; year++) {
      const table = tableOf(year)
      if (target === 0) {
        const index = firstAbove(table.closes, start)
        if (index < table.closes.length) return Math.max(start, table.opens[index] ?? start)
      } else if (needed <= wholeYear(table)) {
        const index = firstAbove(table.totals, needed - 1) - 1
        return (table.opens[index] ?? 0) + needed - (table.totals[index] ?? 0)
      } else {
        needed -= wholeYear(table)
      }
    }
    return undefined
  }

  const stretches = (from: Instant, until: Instant): readonly OpeningStretch[] => {
    const found: OpeningStretch[] = []
    if (until <= from) return found
    const add = (stretch: OpeningStretch): void => {
      const last = found.at(-1)
      if (last?.kind === stretch.kind && last.title === stretch.title)
        found.splice(-1, 1, { ...last, until: stretch.until })
      else found.push(stretch)
    }
    let at = from
    const last = yearOf(until)
    for (let year = yearOf(from); year <= last && at < until; year++) {
      for (const stretch of yearStretches(tableOf(year), at, until)) {
        add(stretch)
        at = stretch.until
      }
    }
    if (at < until) add({ from: at, until, kind: 'closed' })
    return found
  }

  return { zone: hours.zone, elapsed, due, stretches }
}

function* yearStretches(table: CalendarYear, from: Instant, until: Instant): Iterable<OpeningStretch> {
  const { days, opens, closes, holidays } = table
  const end = Math.min(until, days[days.length - 1] ?? from)
  let at = from
  for (let index = firstAbove(closes, at), day = firstAbove(days, at) - 1; at < end; ) {
    const open = opens[index] ?? end
    if (open <= at) {
      const close = Math.min(end, closes[index] ?? end)
      yield { from: at, until: close, kind: 'open' }
      at = close
      index++
      while (day + 1 < days.length && (days[day + 1] ?? end) <= at) day++
      continue
    }
    const next = Math.min(end, open, days[day + 1] ?? end)
    const title = holidays[day] ?? null
    if (title === null) yield { from: at, until: next, kind: 'closed' }
    else yield { from: at, until: next, kind: 'holiday', ...(title === '' ? {} : { title }) }
    at = next
    while (day + 1 < days.length && (days[day + 1] ?? end) <= at) day++
  }
}

function openBefore({ opens, closes, totals }: CalendarYear, at: Instant): Seconds {
  const index = firstAbove(opens, at) - 1
  if (index < 0) return 0
  return (totals[index] ?? 0) + Math.min(at, closes[index] ?? at) - (opens[index] ?? at)
}

function wholeYear({ totals }: CalendarYear): Seconds {
  return totals[totals.length - 1] ?? 0
}

/** How many of the sorted values are at most `limit`, that is the position of the first above it. */
function firstAbove(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
