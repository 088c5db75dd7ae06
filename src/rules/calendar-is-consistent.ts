import { type DaySpan, readDaySpan, readHoliday, weekdaysOf } from '../core/opening-hours.ts'
import type { Route } from '../core/place.ts'
import { isData, listAt, type RecordDoc, textAt } from '../core/record.ts'
import type { Finding, Rule } from '../core/rule.ts'
import { isTimeZone } from '../core/time-zone.ts'

/**
 * A calendar says one thing about every minute: its zone exists, it opens at some time, hours end after they begin and
 * do not overlap, and no day is told twice.
 *
 * Clocks would run on such a calendar all the same, and nobody would see that they do not run as its author meant.
 */
export const calendarIsConsistent: Rule = {
  id: 'calendar-is-consistent',
  severity: 'error',
  summary: 'Calendars have a known zone, open at some time, and tell no minute and no holiday twice',
  local: true,
  *check({ records }) {
    for (const record of records.ofType('calendar')) {
      const zone = textAt(record.data, 'timezone')
      if (zone !== undefined && !isTimeZone(zone)) {
        yield {
          message: `${zone} is no time zone`,
          place: { file: record.file, route: ['timezone'] },
          hint: 'Use a name of the IANA time zone database, such as Europe/Berlin or UTC',
        }
      }
      yield* weekFindings(record)
      yield* holidayFindings(record)
      yield* openingFindings(record)
    }
  },
}

/** Clocks on a calendar that never opens would stand for ever, and no target on it be missed. */
function* openingFindings({ file, id, data }: RecordDoc): Generator<Finding> {
  const week = isData(data['hours']) ? Object.values(data['hours']) : []
  const days = listAt(data, 'holidays').map((holiday) => (isData(holiday) ? holiday['hours'] : undefined))
  if ([...week, ...days].some((spans) => Array.isArray(spans) && spans.length > 0)) return
  yield {
    message: `${id} never opens, so no time would ever pass on it`,
    place: { file, route: ['hours'], at: 'key' },
    hint: 'Name hours of at least one day: mon-fri: ["08:00-18:00"]',
  }
}

interface PlacedSpan extends DaySpan {
  readonly text: string
  readonly route: Route
}

function* weekFindings({ file, data }: RecordDoc): Generator<Finding> {
  const hours = isData(data['hours']) ? data['hours'] : {}
  const byDay: PlacedSpan[][] = Array.from({ length: 7 }, () => [])
  for (const key of Object.keys(hours)) {
    const days = weekdaysOf(key)
    if (!days) {
      yield {
        message: `${key} is no weekday`,
        place: { file, route: ['hours', key], at: 'key' },
        hint: 'Name a weekday or a span of weekdays: mon, mon-fri',
      }
    }
    const spans = yield* readSpans(file, ['hours', key], listAt(hours, key))
    for (const day of days ?? []) byDay[day]?.push(...spans)
  }
  const told = new Set<PlacedSpan>()
  for (const spans of byDay) yield* overlaps(file, spans, told)
}

function* holidayFindings({ file, data }: RecordDoc): Generator<Finding> {
  const before: { readonly first: number; readonly last: number; readonly route: Route }[] = []
  for (const [index, item] of listAt(data, 'holidays').entries()) {
    const route: Route = ['holidays', index]
    if (isData(item)) {
      const spans = yield* readSpans(file, [...route, 'hours'], listAt(item, 'hours'))
      yield* overlaps(file, spans, new Set())
    }
    const holiday = readHoliday(isData(item) ? { ...item, hours: [] } : item)
    if (!holiday) {
      yield {
        message: `${nameOf(item)} is no date that exists`,
        place: { file, route },
        hint: 'Write a date as 2026-12-25, or a stretch as { from: 2026-08-01, to: 2026-08-15, title: … }',
      }
      continue
    }
    const { first, last } = holiday
    if (first > last) {
      yield {
        message: `${nameOf(item)} ends before it begins`,
        place: { file, route },
        hint: 'Let from be the first day and to the last; both are holidays',
      }
    }
    const twin = before.find((other) => other.first <= last && first <= other.last)
    if (twin) {
      yield {
        message: `${nameOf(item)} is listed as a holiday twice`,
        place: { file, route },
        hint: 'Keep one entry for each day',
        related: [{ place: { file, route: twin.route }, message: 'It is here too' }],
      }
    }
    before.push({ first, last, route })
  }
}

function nameOf(item: unknown): string {
  if (!isData(item)) return String(item)
  return String(item['date'] ?? `${String(item['from'])} to ${String(item['to'])}`)
}

function* readSpans(file: string, route: Route, items: readonly unknown[]): Generator<Finding, PlacedSpan[]> {
  const spans: PlacedSpan[] = []
  for (const [index, item] of items.entries()) {
    const place = { file, route: [...route, index] }
    const text = String(item)
    const span = readDaySpan(item)
    if (!span) {
      yield { message: `${text} is no span of time`, place, hint: 'Write "08:00-13:00"; 24:00 may be the end' }
    } else if (span.until === span.from) {
      const hint = 'For a whole day write "00:00-24:00"; for a closed one leave the span out'
      yield { message: `${text} ends when it begins`, place, hint }
    } else if (span.until < span.from) {
      yield {
        message: `${text} ends before it begins`,
        place,
        hint: `For hours over midnight write "${text.slice(0, 5)}-24:00", and the rest on the next day`,
      }
    } else spans.push({ ...span, text, route: place.route })
  }
  return spans
}

/** Each span that overlaps one told before it, once even where it does so on several days. */
function* overlaps(file: string, spans: readonly PlacedSpan[], told: Set<PlacedSpan>): Generator<Finding> {
  for (const [index, span] of spans.entries()) {
    const other = spans.slice(0, index).find(({ from, until }) => from < span.until && span.from < until)
    if (!other || told.has(span)) continue
    told.add(span)
    yield {
      message: `${span.text} overlaps ${other.text}`,
      place: { file, route: span.route },
      hint: 'Join them, or let one end where the other begins',
      related: [{ place: { file, route: other.route }, message: `${other.text} is here` }],
    }
  }
}
