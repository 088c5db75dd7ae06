import { Temporal } from 'temporal-polyfill'
import { type Instant, isDate } from './instant.ts'
import type { TimeSpan } from './time-span.ts'

/** A stretch of the calendar that a report speaks of, half-open in the zone of the reports. */
export interface Period {
  /** As people type it: `2016-03`, `2016-Q2`, `2016`, `2026-W48`. */
  readonly id: string
  readonly kind: PeriodKind
  readonly from: Instant
  readonly until: Instant
  /** In words: `March 2016`, `the second quarter of 2016`. */
  readonly title: string
}

/** The kinds of periods; weeks are those of ISO 8601, Monday to Sunday. */
export type PeriodKind = 'week' | 'month' | 'quarter' | 'year'

/** What to tell somebody whose period cannot be read. */
export const periodHint: string =
  'Write a month as 2016-03, a quarter as 2016-Q2, a year as 2016, or an ISO week as 2016-W09.'

const periodForm = /^(\d{4})(?:-(?:(\d{2})|Q([1-4])|W(\d{2})))?$/

const lengths: { readonly [kind in PeriodKind]: { readonly days?: number; readonly months?: number } } = {
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
}

const ordinals = ['first', 'second', 'third', 'fourth']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/**
 * Reads a period. `undefined` where the text is none (say `periodHint` then). The zone must be an IANA zone that
 * exists; it is checked where `gitsm.yaml` is read.
 */
export function parsePeriod(text: string, zone: string): Period | undefined {
  const match = periodForm.exec(text)
  if (!match) return undefined
  const [, year = '', month, quarter, week] = match
  if (month !== undefined) {
    return Number(month) >= 1 && Number(month) <= 12 ? spanning('month', `${year}-${month}-01`, zone) : undefined
  }
  if (quarter !== undefined) return spanning('quarter', `${year}-${twoDigits(Number(quarter) * 3 - 2)}-01`, zone)
  if (week === undefined) return spanning('year', `${year}-01-01`, zone)
  const fourth = Temporal.PlainDate.from(`${year}-01-04`) // always in week 1, by ISO 8601
  const monday = fourth.add({ days: (Number(week) - 1) * 7 + 1 - fourth.dayOfWeek })
  return Number(week) >= 1 && monday.yearOfWeek === Number(year) ? spanning('week', monday.toString(), zone) : undefined
}

/** The period of a kind that an instant falls in. */
export function periodAt(kind: PeriodKind, at: Instant, zone: string): Period {
  const date = localDate(at, zone)
  const first = {
    week: () => date.subtract({ days: date.dayOfWeek - 1 }),
    month: () => date.with({ day: 1 }),
    quarter: () => date.with({ day: 1, month: date.month - ((date.month - 1) % 3) }),
    year: () => date.with({ day: 1, month: 1 }),
  }
  return spanning(kind, first[kind]().toString(), zone)
}

/** The periods of the same kind just before this one, oldest first. */
export function previousPeriods(period: Period, zone: string, count: number): readonly Period[] {
  const first = localDate(period.from, zone)
  const { days = 0, months: monthsEach = 0 } = lengths[period.kind]
  return Array.from({ length: count }, (_, index) => {
    const back = count - index
    return spanning(period.kind, first.subtract({ days: days * back, months: monthsEach * back }).toString(), zone)
  })
}

/** The last period of a kind that was over at an instant. */
export function lastFullPeriod(kind: PeriodKind, at: Instant, zone: string): Period {
  const current = periodAt(kind, at, zone)
  return previousPeriods(current, zone, 1)[0] ?? current
}

/** The days of a period in a zone, by date; those on which clocks change have 23 or 25 hours. */
export function daysIn({ from, until }: TimeSpan, zone: string): readonly (TimeSpan & { readonly id: string })[] {
  const days: (TimeSpan & { id: string })[] = []
  const midnight = (date: Temporal.PlainDate): Instant => date.toZonedDateTime(zone).epochMilliseconds / 1000
  for (let date = localDate(from, zone); midnight(date) < until; date = date.add({ days: 1 })) {
    const next = midnight(date.add({ days: 1 }))
    days.push({ id: date.toString(), from: Math.max(from, midnight(date)), until: Math.min(until, next) })
  }
  return days
}

/** Whether an instant falls in a period: from its first second to just before its end. */
export function isWithin(period: TimeSpan, at: Instant): boolean {
  return at >= period.from && at < period.until
}

/** The first instant of a date (`2026-11-21`) in a zone; `undefined` for a date that does not exist. */
export function startOfDay(date: string, zone: string): Instant | undefined {
  return isDate(date) ? Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds / 1000 : undefined
}

/** The first instants of the days that a stretch touches, on the calendar of a zone. */
export function dayStarts({ from, until }: TimeSpan, zone: string): readonly Instant[] {
  const first = localDate(from, zone)
  const starts: Instant[] = []
  for (let day = 0; ; day++) {
    const at = first.add({ days: day }).toZonedDateTime(zone).epochMilliseconds / 1000
    if (day > 0 && at >= until) return starts
    starts.push(at)
  }
}

function localDate(at: Instant, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
}

function spanning(kind: PeriodKind, firstDay: string, zone: string): Period {
  const first = Temporal.PlainDate.from(firstDay)
  const next = first.add(lengths[kind])
  const midnight = (date: Temporal.PlainDate): Instant => date.toZonedDateTime(zone).epochMilliseconds / 1000
  return { kind, from: midnight(first), until: midnight(next), ...named(kind, first, next) }
}

function named(kind: PeriodKind, first: Temporal.PlainDate, next: Temporal.PlainDate): Pick<Period, 'id' | 'title'> {
  const year = fourDigits(first.year)
  if (kind === 'year') return { id: year, title: year }
  if (kind === 'month') {
    return { id: `${year}-${twoDigits(first.month)}`, title: `${months[first.month - 1]} ${year}` }
  }
  if (kind === 'quarter') {
    const quarter = (first.month + 2) / 3
    return { id: `${year}-Q${quarter}`, title: `the ${ordinals[quarter - 1]} quarter of ${year}` }
  }
  const [week = 0, weekYear = 0] = [first.weekOfYear, first.yearOfWeek]
  const last = next.subtract({ days: 1 })
  const id = `${fourDigits(weekYear)}-W${twoDigits(week)}`
  return { id, title: `week ${week} of ${fourDigits(weekYear)} (${dayText(first)} to ${dayText(last)})` }
}

function dayText(date: Temporal.PlainDate): string {
  return `${date.day} ${months[date.month - 1]} ${fourDigits(date.year)}`
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}

function fourDigits(count: number): string {
  return String(count).padStart(4, '0')
}
