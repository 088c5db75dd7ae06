import { Temporal } from 'temporal-polyfill'
import { formatInstant, humanDuration, type Instant, type Seconds } from './instant.ts'

/** An instant on the wall clock of a zone. */
export interface LocalTime {
  /** 1 for Monday to 7 for Sunday. */
  readonly weekday: number
  /** 0 to 23. */
  readonly hour: number
  /** Days since 1970-01-01, on the calendar of the zone. */
  readonly day: number
  /** `2026-11-21 08:15` */
  readonly text: string
}

/** Reads an instant on the wall clock of an IANA zone. */
export function localTime(at: Instant, zone: string): LocalTime {
  const local = at + offsetAt(at, zone)
  const day = Math.floor(local / 86_400)
  return {
    weekday: ((((day + 3) % 7) + 7) % 7) + 1, // 1970-01-01 was a Thursday
    hour: Math.floor((local - day * 86_400) / 3600),
    day,
    text: formatInstant(local).slice(0, -4).replace('T', ' '),
  }
}

/** How far the clocks of a zone are ahead of UTC. Asked once for each quarter of an hour in which no clock changes. */
function offsetAt(at: Instant, zone: string): Seconds {
  const quarter = Math.floor(at / 900)
  const ofZone = offsets.get(zone) ?? new Map<number, Seconds>()
  const known = ofZone.get(quarter)
  if (known !== undefined) return known
  const [first, last] = [offsetIn(quarter * 900, zone), offsetIn(quarter * 900 + 899, zone)]
  if (first !== last) return offsetIn(at, zone)
  offsets.set(zone, ofZone.set(quarter, first))
  return first
}

const offsets = new Map<string, Map<number, Seconds>>()

function offsetIn(at: Instant, zone: string): Seconds {
  return Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone).offsetNanoseconds / 1e9
}

/**
 * A length of calendar time in hours and minutes, or in minutes and seconds below one hour: `40 h`, `41 h 5 min`,
 * `59 s`. In days only where the clock runs around the clock, and then from two days on and rounded down to the hour:
 * `28 d 5 h`. A day of any other support calendar has no 24 hours.
 */
export function hoursText(length: Seconds, aroundTheClock = false): string {
  if (aroundTheClock && Math.abs(length) > 2 * 86_400) return humanDuration(length)
  const sign = length < 0 ? '-' : ''
  const all = Math.abs(length)
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60]
  const parts: readonly (readonly [number, string])[] =
    hours > 0
      ? [
          [hours, 'h'],
          [minutes, 'min'],
        ]
      : [
          [minutes, 'min'],
          [seconds, 's'],
        ]
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`)
  return said.length === 0 ? '0 s' : sign + said.join(' ')
}
