import { formatInstant, type Instant } from '../instant.ts'

/** An event of a calendar file. */
export interface CalendarEvent {
  /** Stays the same for as long as the event does, so that calendars replace it instead of adding another. */
  readonly uid: string
  /** When what is said of it was recorded. */
  readonly stamp: Instant
  /** How often it had been said otherwise before. */
  readonly sequence: number
  readonly from: Instant
  readonly until: Instant
  readonly summary: string
  readonly description: string
  readonly categories: readonly string[]
  readonly status: 'CONFIRMED' | 'TENTATIVE'
  /** Whether whoever subscribes counts as busy; a freeze takes nobody's time. */
  readonly busy: boolean
}

/** A calendar as RFC 5545 has it: instants in UTC, texts escaped, lines folded at 75 octets and ended by CR LF. */
export function calendarFile(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//GitSM//schedule//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function eventLines(event: CalendarEvent): readonly string[] {
  const { uid, stamp, sequence, from, until, summary, description, categories, status, busy } = event
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${basic(stamp)}`,
    `LAST-MODIFIED:${basic(stamp)}`,
    `SEQUENCE:${sequence}`,
    `DTSTART:${basic(from)}`,
    `DTEND:${basic(until)}`,
    `SUMMARY:${escaped(summary)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    ...(categories.length === 0 ? [] : [`CATEGORIES:${categories.map(escaped).join(',')}`]),
    `STATUS:${status}`,
    `TRANSP:${busy ? 'OPAQUE' : 'TRANSPARENT'}`,
    'END:VEVENT',
  ]
}

/** `20261121T081500Z` */
function basic(at: Instant): string {
  return formatInstant(at).replaceAll(/[-:]/g, '')
}

/** RFC 5545 §3.3.11: text has neither bare commas and semicolons nor control characters. */
function escaped(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
}

const longest = 75

/** RFC 5545 §3.1: no line has more than 75 octets; a character is never torn. */
function folded(line: string): string {
  const parts: string[] = []
  let [part, size] = ['', 0]
  for (const character of line) {
    const octets = octetsOf(character)
    if (size + octets > longest) {
      parts.push(part)
      part = ''
      size = 1 // the space that a continued line begins with
    }
    part += character
    size += octets
  }
  return [...parts, part].join('\r\n ')
}

/** How long a character is in UTF-8. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4
}
