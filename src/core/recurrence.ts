import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import { type Instant, parseDuration, parseInstant, type Seconds } from './instant.ts'
import { type Data, textAt } from './record.ts'
import { type RuleProblem, ruleProblem } from './recurrence-rule.ts'
import type { TimeSpan } from './time-span.ts'
import { isTimeZone } from './time-zone.ts'

/** When something happens again and again: at the same time of day on the clocks of a zone, for the same length. */
export interface Recurrence {
  readonly zone: string
  readonly length: Seconds
  /** Every time that overlaps a stretch, oldest first. */
  readonly times: (span: TimeSpan) => readonly TimeSpan[]
}

/** What is wrong with the `recurs` of a window, and at which of its fields. */
export interface RecurrenceProblem extends RuleProblem {
  readonly field: 'rule' | 'timezone' | 'start' | 'duration'
}

/** The longest that one time may last: 31 days. */
const longest: Seconds = 31 * 86_400

const day: Seconds = 86_400

/** What data were read as before: they never change, and what is read remembers the times that it was asked for. */
const known = new WeakMap<Data, Recurrence | RecurrenceProblem>()

/** Reads `{ rule, timezone, start, duration }`; says what is wrong with it where it makes no sense. */
export function readRecurrence(data: Data): Recurrence | RecurrenceProblem {
  const before = known.get(data)
  if (before) return before
  const read = recurrenceOf(data)
  known.set(data, read)
  return read
}

function recurrenceOf(data: Data): Recurrence | RecurrenceProblem {
  const [rule, zone] = [textAt(data, 'rule') ?? '', textAt(data, 'timezone') ?? '']
  const wrong = ruleProblem(rule)
  if (wrong) return { field: 'rule', ...wrong }
  if (!isTimeZone(zone)) {
    return {
      field: 'timezone',
      message: `${zone} is no time zone`,
      hint: 'Use a name of the IANA time zone database, such as Europe/Berlin or UTC',
    }
  }
  const start = textAt(data, 'start') ?? ''
  const first = floating(start)
  if (first === undefined) {
    return {
      field: 'start',
      message: `${start} is no date and time that exists`,
      hint: 'Write the first time on the clocks of the zone: 2026-01-04T02:00',
    }
  }
  const length = parseDuration(textAt(data, 'duration') ?? '')
  if (length === undefined || length <= 0 || length > longest) {
    return {
      field: 'duration',
      message: 'The duration must be longer than nothing and at most 31 days',
      hint: 'Write hours and minutes: PT3H, PT1H30M',
    }
  }
  return expandable({ rule, zone, first, length })
}

interface Told {
  readonly rule: string
  readonly zone: string
  /** The first time as clocks show it, counted as if the zone were UTC. */
  readonly first: Instant
  readonly length: Seconds
}

/**
 * The rule is expanded on the clock face, as if the zone were UTC, and each time is then looked up in the zone. A start
 * that clocks skip in spring is read with the offset before the jump, one that they show twice in autumn as the first
 * (RFC 5545 §3.3.5): no freeze vanishes for a night because its hour does not exist.
 */
function expandable({ rule, zone, first, length }: Told): Recurrence | RecurrenceProblem {
  const expanded = reader(ruleOnClockFace(rule, zone), first)
  if ('message' in expanded) return { field: 'rule', ...expanded }
  if (expanded.between(first, first)[0] === undefined) {
    const [next] = expanded.between(first, first + 400 * day)
    return {
      field: 'start',
      message: 'The start is no day that the rule names',
      hint:
        next === undefined ? 'Let start be the first day that the rule names' : `The rule first names ${face(next)}`,
    }
  }
  const years = new Map<number, readonly TimeSpan[]>()
  const beginningIn = (year: number): readonly TimeSpan[] => {
    const known = years.get(year)
    if (known) return known
    const [from, until] = [newYear(year), newYear(year + 1) - 1]
    const found = expanded.between(from, until).map((at) => {
      const begin = instantIn(zone, at)
      return { from: begin, until: begin + length }
    })
    years.set(year, found)
    return found
  }
  const times = (span: TimeSpan): readonly TimeSpan[] => {
    // A day more on either side, because clocks of the zone differ from UTC by less than that.
    const [early, late] = [yearOf(span.from - length - day), yearOf(span.until + day)]
    return Array.from({ length: late - early + 1 }, (_, index) => beginningIn(early + index))
      .flat()
      .filter(({ from, until }) => from < span.until && until > span.from)
  }
  return { zone, length, times }
}

/** UNTIL as the clock face shows it: a day is told to its end, an instant is moved into the zone. */
function ruleOnClockFace(rule: string, zone: string): string {
  return rule.replace(/(?<=\bUNTIL=)(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})Z)?/, (_, y, m, d, h, min, s) => {
    if (h === undefined) return `${y}${m}${d}T235959Z`
    const at = parseInstant(`${y}-${m}-${d}T${h}:${min}:${s}Z`) ?? 0
    const local = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone)
    return `${local.toPlainDateTime().toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}Z`
  })
}

interface Expansion {
  /** Times on the clock face, both ends included. */
  readonly between: (from: Instant, until: Instant) => readonly Instant[]
}

function reader(rule: string, first: Instant): Expansion | RuleProblem {
  try {
    const dtstart = utc(first)
    const recurrence = new RRuleTemporal({ rruleString: rule, dtstart, tzid: 'UTC', strict: true })
    return {
      between: (from, until) =>
        recurrence.between(utc(from), utc(until), true).map(({ epochMilliseconds }) => epochMilliseconds / 1000),
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    return { message: `The rule makes no sense: ${message}`, hint: 'See RFC 5545, section 3.3.10' }
  }
}

function utc(at: Instant): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO('UTC')
}

/** A date and time of day as if it were UTC; only years that calendars are laid out for. */
function floating(text: string): Instant | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? parseInstant(`${text}:00Z`) : undefined
}

function face(at: Instant): string {
  return utc(at).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

function instantIn(zone: string, at: Instant): Instant {
  return utc(at).toPlainDateTime().toZonedDateTime(zone).epochMilliseconds / 1000
}

function newYear(year: number): Instant {
  return utc(0).with({ year, month: 1, day: 1 }).epochMilliseconds / 1000
}

function yearOf(at: Instant): number {
  return utc(at).year
}
