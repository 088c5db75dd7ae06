/** Whole seconds since the Unix epoch, UTC. The core never reads the wall clock; instants are handed in. */
export type Instant = number

/** A length of time in whole seconds. */
export type Seconds = number

const instantForm = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/
const dateForm = /^(\d{4})-(\d{2})-(\d{2})$/
const durationForm = /^PT(?=\d)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?$/

/** The years that instants may lie in: calendars are laid out for these. */
const [earliest, latest] = [1970, 2199]

/**
 * Reads an instant as RFC 3339 with `T`, seconds and a zone (`2026-11-21T08:15:00Z`, `…+01:00`). Fractions of a second
 * are dropped. `undefined` for anything else, also for dates that do not exist, leap seconds and years before 1970 or
 * after 2199.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = instantForm.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, zone = 'Z'] = match
  if (!isDate(`${year}-${month}-${day}`) || Number(year) < earliest || Number(year) > latest) return undefined
  const [h, m, s] = [Number(hour), Number(minute), Number(second)]
  if (h > 23 || m > 59 || s > 59) return undefined
  const offset = offsetSeconds(zone)
  if (offset === undefined) return undefined
  return utcMidnight(Number(year), Number(month), Number(day)) + h * 3600 + m * 60 + s - offset
}

function offsetSeconds(zone: string): Seconds | undefined {
  if (zone === 'Z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))]
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60)
}

/** Whether a text is a calendar date that exists, as `2026-02-28`. */
export function isDate(text: string): boolean {
  const match = dateForm.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const at = new Date(utcMidnight(year, month, day) * 1000)
  return month >= 1 && month <= 12 && at.getUTCMonth() + 1 === month && at.getUTCDate() === day
}

/** The UTC midnight that begins a date, months from 1. `Date.UTC` would read the years 0 to 99 as 1900 and later. */
function utcMidnight(year: number, month: number, day: number): Instant {
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  return at.getTime() / 1000
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
