import { isDate } from './instant.ts'
import { type Data, isData, listAt, textAt } from './record.ts'
import { isTimeZone } from './time-zone.ts'

/** One stretch of opening hours within a day, in minutes after local midnight; half-open, 1440 is the day's end. */
export interface DaySpan {
  readonly from: number
  readonly until: number
}

/** A stretch of days that differ from the week, as day numbers (days since 1970-01-01), both ends included. */
export interface Holiday {
  readonly first: number
  readonly last: number
  readonly title?: string
  /** Replaces the hours of these days; empty when they are closed. */
  readonly hours: readonly DaySpan[]
}

/** When a calendar is open, in the local time of its zone. */
export interface OpeningHours {
  readonly zone: string
  /** By weekday, Monday first. */
  readonly week: readonly (readonly DaySpan[])[]
  /** Where several name one day, the first listed counts. */
  readonly holidays: readonly Holiday[]
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const spanForm = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/

/** The weekdays that a key of `hours` names, 0 for Monday: `mon-fri`, `sat`, also over the week's end as `sun-thu`. */
export function weekdaysOf(key: string): readonly number[] | undefined {
  const [first = '', last = first, ...more] = key.split('-')
  const [from, to] = [weekdays.indexOf(first), weekdays.indexOf(last)]
  if (from < 0 || to < 0 || more.length > 0) return undefined
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => (from + step) % 7)
}

/**
 * Reads `08:00-13:00`, where 24:00 is a valid end. `undefined` for other forms; whether it ends after it begins is not
 * asked.
 */
export function readDaySpan(text: unknown): DaySpan | undefined {
  const match = typeof text === 'string' ? spanForm.exec(text) : null
  if (!match) return undefined
  const [, fromHour, fromMinute, hour = '24', minute = '00'] = match
  return { from: Number(fromHour) * 60 + Number(fromMinute), until: Number(hour) * 60 + Number(minute) }
}

/** Reads an item of `holidays`; `undefined` when it has none of the three forms or names a day that does not exist. */
export function readHoliday(item: unknown): Holiday | undefined {
  const data: Data = isData(item) ? item : { date: item }
  const first = dayNumber(data['date'] ?? data['from'])
  const last = dayNumber(data['date'] ?? data['to'])
  const hours = readDaySpans(listAt(data, 'hours'))
  if (first === undefined || last === undefined || hours === undefined) return undefined
  const title = textAt(data, 'title')
  return { first, last, hours, ...(title === undefined ? {} : { title }) }
}

/** Reads the hours of a calendar record; `undefined` when any part of them makes no sense. */
export function openingHours(data: Data): OpeningHours | undefined {
  const zone = textAt(data, 'timezone')
  const hours = data['hours']
  if (zone === undefined || !isTimeZone(zone) || !isData(hours)) return undefined
  const week: DaySpan[][] = weekdays.map(() => [])
  for (const [key, spans] of Object.entries(hours)) {
    const read = Array.isArray(spans) ? readDaySpans(spans) : undefined
    const days = weekdaysOf(key)
    if (!read || !days) return undefined
    for (const day of days) week[day]?.push(...read)
  }
  const holidays = listAt(data, 'holidays').map(readHoliday)
  if (!holidays.every((holiday) => holiday !== undefined && holiday.first <= holiday.last)) return undefined
  return { zone, week: week.map(inOrder), holidays: holidays.filter((holiday) => holiday !== undefined) }
}

function readDaySpans(items: readonly unknown[]): readonly DaySpan[] | undefined {
  const spans = items.map(readDaySpan).filter((span) => span !== undefined && span.from < span.until)
  return spans.length === items.length ? inOrder(spans.filter((span) => span !== undefined)) : undefined
}

function inOrder(spans: readonly DaySpan[]): readonly DaySpan[] {
  return spans.toSorted((a, b) => a.from - b.from || a.until - b.until)
}

function dayNumber(date: unknown): number | undefined {
  return typeof date === 'string' && isDate(date) ? Date.parse(`${date}T00:00:00Z`) / 86_400_000 : undefined
}
