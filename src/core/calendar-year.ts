import { Temporal } from 'temporal-polyfill'
import type { Instant, Seconds } from './instant.ts'
import type { DaySpan, OpeningHours } from './opening-hours.ts'

/** The openings of one local year as instants, with running totals, so that a question is one binary search. */
export interface CalendarYear {
  /** The local midnight that begins each day, and the one that ends the last. */
  readonly days: Float64Array
  /** Openings that neither overlap nor touch, oldest first. */
  readonly opens: Float64Array
  readonly closes: Float64Array
  /** Open seconds of the year before each opening, and last those of the whole year. */
  readonly totals: Float64Array
  /** By day of the year: `null` for ordinary days, for holidays their title, which may be empty. */
  readonly holidays: readonly (string | null)[]
}

const daySeconds = 86_400

/**
 * Lays the hours of a calendar over one year of its zone.
 *
 * A local time that a clock change skips counts as that much later (02:30 as 03:30), one that happens twice as its
 * first occurrence, and hours that lie wholly within a skipped stretch are dropped (reference/itsm.md §3.4).
 */
export function calendarYear(hours: OpeningHours, year: number): CalendarYear {
  const days = midnights(hours.zone, year)
  const firstDay = Date.UTC(year, 0, 1) / 86_400_000
  const holidays: (string | null)[] = Array.from({ length: days.length - 1 }, () => null)
  const replaced = new Map<number, readonly DaySpan[]>()
  for (const { first, last, title = '', hours: own } of hours.holidays) {
    for (let day = Math.max(0, first - firstDay); day <= last - firstDay && day < holidays.length; day++) {
      if (replaced.has(day)) continue
      replaced.set(day, own)
      holidays[day] = title
    }
  }
  const openings: Opening[] = []
  for (let day = 0; day < holidays.length; day++) {
    const spans = replaced.get(day) ?? hours.week[weekday(firstDay + day)] ?? []
    for (const { open, close } of spans.map((span) => opening(hours.zone, year, day, days, span)).toSorted(byOpen)) {
      const last = openings.at(-1)
      if (close <= open) continue
      if (last && open <= last.close) last.close = Math.max(last.close, close)
      else openings.push({ open, close })
    }
  }
  const totals = new Float64Array(openings.length + 1)
  let total: Seconds = 0
  for (const [index, { open, close }] of openings.entries()) {
    total += close - open
    totals[index + 1] = total
  }
  return {
    days,
    opens: Float64Array.from(openings, ({ open }) => open),
    closes: Float64Array.from(openings, ({ close }) => close),
    totals,
    holidays,
  }
}

/** Monday is 0; the first day of 1970 was a Thursday. */
function weekday(dayNumber: number): number {
  return (((dayNumber + 3) % 7) + 7) % 7
}

interface Opening {
  open: Instant
  close: Instant
}

function byOpen(a: Opening, b: Opening): number {
  return a.open - b.open
}

function opening(zone: string, year: number, day: number, days: Float64Array, { from, until }: DaySpan): Opening {
  const [midnight = 0, next = 0] = [days[day], days[day + 1]]
  if (next - midnight === daySeconds) return { open: midnight + from * 60, close: midnight + until * 60 }
  const [open, close] = [onTheWall(zone, year, day, from), onTheWall(zone, year, day, until)]
  return { open: open.at, close: open.skipped && close.skipped ? open.at : close.at }
}

/** The instant of a local time, the first of two, or as much later as the clock skips. */
function onTheWall(zone: string, year: number, day: number, minute: number): { at: Instant; skipped: boolean } {
  const local = new Temporal.PlainDateTime(year, 1, 1).add({ days: day, minutes: minute })
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'compatible' })
  return { at: zoned.epochMilliseconds / 1000, skipped: !zoned.toPlainDateTime().equals(local) }
}

const midnightsOf = new Map<string, Float64Array>()

/** Asked once per zone and year, because zoned arithmetic is slow and calendars share zones. */
function midnights(zone: string, year: number): Float64Array {
  const key = `${zone} ${year}`
  const known = midnightsOf.get(key)
  if (known) return known
  const length = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000
  const days = Float64Array.from({ length: length + 1 }, (_, day) => {
    const date = new Date(Date.UTC(year, 0, 1 + day))
    const local = new Temporal.PlainDateTime(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
    return local.toZonedDateTime(zone).epochMilliseconds / 1000
  })
  midnightsOf.set(key, days)
  return days
}
