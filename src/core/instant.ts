/** Whole seconds since the Unix epoch, UTC. The core never reads the wall clock; instants are handed in. */
export type Instant = number

/** A length of time in whole seconds. */
export type Seconds = number

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/
const dateForm = /^\d{4}-\d\d-\d\d$/
const durationForm = /^PT(?=\d)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?$/

/** The years that instants may lie in: calendars are laid out for these. */
const [earliest, latest] = [1970, 2199]

/**
 * Reads an instant as RFC 3339 with `T`, seconds and a zone (`2026-11-21T08:15:00Z`, `…+01:00`). Fractions of a second
 * are dropped. `undefined` for anything else, also for dates that do not exist, leap seconds and years before 1970 or
 * after 2199.
 */
export function parseInstant(text: string): Instant | undefined {
  if (!instantForm.test(text)) return undefined
  const [year, month, day] = [numberAt(text, 0) * 100 + numberAt(text, 2), numberAt(text, 5), numberAt(text, 8)]
  const [h, m, s] = [numberAt(text, 11), numberAt(text, 14), numberAt(text, 17)]
  if (!isDay(year, month, day) || year < earliest || year > latest) return undefined
  if (h > 23 || m > 59 || s > 59) return undefined
  const offset = text.endsWith('Z') ? 0 : offsetSeconds(text.slice(-6))
  if (offset === undefined) return undefined
  return utcMidnight(year, month, day) + h * 3600 + m * 60 + s - offset
}

/** The two digits at a position as a number. */
function numberAt(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}

function offsetSeconds(zone: string): Seconds | undefined {
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))]
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60)
}

/** Whether a text is a calendar date that exists, as `2026-02-28`. */
export function isDate(text: string): boolean {
  if (!dateForm.test(text)) return false
  return isDay(numberAt(text, 0) * 100 + numberAt(text, 2), numberAt(text, 5), numberAt(text, 8))
}

const daysOf = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the Gregorian calendar has a day, months from 1. */
function isDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : (daysOf[month] ?? 0))
}

/**
 * The UTC midnight that begins a date, months from 1: the days since 1970-01-01 of the Gregorian calendar, whose years
 * are taken to begin in March (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil).
 */
function utcMidnight(year: number, month: number, day: number): Instant {
  const y = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const days = 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
  return days * 86_400
}

/** An instant as ISO 8601 in UTC: `2026-11-21T08:15:00Z`. */
export function formatInstant(at: Instant): string {
  return `${new Date(at * 1000).toISOString().slice(0, -5)}Z`
}

/** Reads an ISO 8601 duration of hours, minutes and seconds (`PT1H30M`); `undefined` for anything else, also days. */
export function parseDuration(text: string): Seconds | undefined {
  const match = durationForm.exec(text)
  if (!match) return undefined
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/** A length of time for people, in its two largest units: `3 d 4 h`, `4 h 15 min`, `59 s`. Days have 24 hours. */
export function humanDuration(length: Seconds): string {
  const sign = length < 0 ? '-' : ''
  let rest = Math.abs(length)
  const parts: string[] = []
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}`)
    if (parts.length > 0 && (parts.length === 2 || count === 0)) break
  }
  return parts.length === 0 ? '0 s' : sign + parts.join(' ')
}

/** A length of time for people in full: `6 d 22 h 45 min`. Days have 24 hours. */
export function exactDuration(length: Seconds): string {
  const days = Math.floor(length / 86_400)
  const rest = length - days * 86_400
  if (days === 0) return humanHours(rest)
  return rest === 0 ? `${days} d` : `${days} d ${humanHours(rest)}`
}

/** Opening time in hours, because its days have no fixed length: `40 h`, `3 h 20 min`, `45 s`. */
export function humanHours(length: Seconds): string {
  const parts = [
    { count: Math.floor(length / 3600), unit: 'h' },
    { count: Math.floor((length % 3600) / 60), unit: 'min' },
    { count: length % 60, unit: 's' },
  ].filter(({ count }) => count > 0)
  return parts.length === 0 ? '0 s' : parts.map(({ count, unit }) => `${count} ${unit}`).join(' ')
}

/** An instant for people, in UTC to the minute: `2026-11-21 08:15`. */
export function humanInstant(at: Instant): string {
  return formatInstant(at).slice(0, 16).replace('T', ' ')
}
