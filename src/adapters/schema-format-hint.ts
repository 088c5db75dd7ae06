import { fragment } from '../core/fragment.ts'
import { isDate, parseDuration, parseInstant } from '../core/instant.ts'
import { nearest } from '../core/nearest.ts'
import { timeZones } from './schema-format.ts'

/** What is wrong with a text that should have a format, and what would be right. */
export interface FormatAdvice {
  readonly message: string
  readonly hint: string
}

const looseInstant =
  /^(\d{4}-\d{1,2}-\d{1,2})(?:[Tt ]+(\d{1,2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?)? ?(?:([Zz]|UTC)|([+-]\d{2}):?(\d{2})?)?$/
const looseDate = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/
const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/
const looseDuration = /^(?:P?T?)?\s*(\d{1,6})\s*(d|h|m|min|s|hours?|minutes?|seconds?|days?)$/i

/** Advice on a text that does not have the format that its field asks for. `name` is the field as messages write it. */
export function formatAdvice(format: string, name: string, text: string): FormatAdvice {
  const shown = `\`${fragment(text)}\``
  switch (format) {
    case 'date-time':
      return instantAdvice(name, text, shown)
    case 'date':
      return dateAdvice(name, text, shown)
    case 'duration':
      return { message: `${name} is not a duration: ${shown}`, hint: durationHint(text) }
    case 'time-zone': {
      const guess = nearest(text, timeZones()) ?? nearestCity(text)
      return {
        message: `${name} is not a known time zone: ${shown}`,
        hint: guess
          ? `Did you mean \`${guess}\`?`
          : 'Use a name of the IANA database, such as `Europe/Berlin` or `UTC`',
      }
    }
    default:
      return { message: `${name} is not a valid ${format}: ${shown}`, hint: `Write it in the format ${format}` }
  }
}

function instantAdvice(name: string, text: string, shown: string): FormatAdvice {
  const match = looseInstant.exec(text.trim())
  const form = 'Write date, time with seconds, and zone: `2026-11-21T08:15:00Z` or `2026-11-21T09:15:00+01:00`'
  if (!match) return { message: `${name} is not an instant: ${shown}`, hint: form }
  const [, day = '', minutes, seconds = ':00', utc, hours, rest = '00'] = match
  const date = padded(day)
  if (!isDate(date)) return { message: `${name} names a date that does not exist: ${shown}`, hint: monthHint(date) }
  const zone = hours ? `${hours}:${rest}` : 'Z'
  const repaired = `${date}T${(minutes ?? '00:00').padStart(5, '0')}${seconds}${zone}`
  if (parseInstant(repaired) === undefined) return { message: `${name} is not an instant: ${shown}`, hint: form }
  if (minutes === undefined) {
    return { message: `${name} needs a time of day and a zone: ${shown}`, hint: `Add both: \`${repaired}\`` }
  }
  if (!utc && !hours) {
    const elsewhere = repaired.replace('Z', '+01:00')
    return {
      message: `${name} has no zone: ${shown}`,
      hint: `Write \`${repaired}\` if it is UTC, else the offset, such as \`${elsewhere}\``,
    }
  }
  return { message: `${name} is not an instant: ${shown}`, hint: `Write \`${repaired}\`` }
}

function dateAdvice(name: string, text: string, shown: string): FormatAdvice {
  const [, year, month, day] = looseDate.exec(text) ?? []
  const [, d, m, y] = dayFirst.exec(text) ?? []
  const date = padded(year ? `${year}-${month}-${day}` : `${y}-${m}-${d}`)
  if (isDate(date)) return { message: `${name} is not a date: ${shown}`, hint: `Write \`${date}\`` }
  if (year) return { message: `${name} names a date that does not exist: ${shown}`, hint: monthHint(date) }
  return { message: `${name} is not a date: ${shown}`, hint: 'Write year, month and day: `2026-12-24`' }
}

function padded(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Why a date of the right form does not exist. */
function monthHint(date: string): string {
  const month = date.slice(0, 7)
  const last = [31, 30, 29, 28].find((day) => isDate(`${month}-${day}`))
  return last === undefined ? 'Months go from 01 to 12' : `${month} has ${last} days`
}

function durationHint(text: string): string {
  const form = 'Write hours and minutes: `PT30M`, `PT8H`, `PT1H30M`'
  const [, count, unit] = looseDuration.exec(text) ?? []
  const letter = unit?.[0]?.toUpperCase()
  if (letter === 'D') return `Days are not accepted, because their length depends on the calendar. ${form}`
  const repaired = `PT${Number(count)}${letter}`
  return parseDuration(repaired) === undefined ? form : `Write \`${repaired}\``
}

/** The zone whose last part a text most likely means: `Berlin` for `Europe/Berlin`. */
function nearestCity(text: string): string | undefined {
  const byCity = new Map(timeZones().map((zone) => [zone.slice(zone.lastIndexOf('/') + 1), zone]))
  const city = nearest(text.slice(text.lastIndexOf('/') + 1).replaceAll(' ', '_'), byCity.keys())
  return city && byCity.get(city)
}
