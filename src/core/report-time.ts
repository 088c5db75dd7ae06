import { Temporal } from 'temporal-polyfill'
import { humanDuration, type Instant, type Seconds } from './instant.ts'

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
  const local = Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone)
  const text = local.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
  const day = Math.floor((at + local.offsetNanoseconds / 1e9) / 86_400)
  return { weekday: local.dayOfWeek, hour: local.hour, day, text }
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
