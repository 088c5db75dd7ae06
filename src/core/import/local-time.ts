import { Temporal } from 'temporal-polyfill'
import { Fault } from '../fault.ts'
import { type Instant, isDate, type Seconds } from '../instant.ts'
import { isTimeZone } from '../time-zone.ts'

/** Reads the zoneless times of another tool's log as times on the wall of one zone. */
export interface LocalTime {
  /** The IANA name of the zone, as the time zone database spells it. */
  readonly zone: string
  /**
   * The instant of `29-02-2016 01:23` (DD-MM-YYYY HH:MM); `undefined` for anything else, also for dates that do not
   * exist. A time that a clock change skips is read as if the clock had not changed yet, one that comes twice as the
   * first.
   */
  read(text: string): Instant | undefined
  /** How far the zone is east of UTC at an instant. */
  offset(at: Instant): Seconds
}

const form = /^(\d{2})-(\d{2})-(\d{4}) (\d{2}):(\d{2})$/

/** The clock of a zone. A `Fault` for what is no name of the time zone database. */
export function localTime(zone: string): LocalTime {
  const name = zoneName(zone)
  const known = new Map<string, Instant | undefined>()
  const read = (text: string): Instant | undefined => {
    const match = form.exec(text)
    if (!match) return undefined
    const [, day, month, year, hour, minute] = match
    if (!isDate(`${year}-${month}-${day}`) || Number(hour) > 23 || Number(minute) > 59) return undefined
    const local = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${hour}:${minute}`)
    return Math.floor(local.toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds / 1000)
  }
  return {
    zone: name,
    read(text) {
      if (!known.has(text)) known.set(text, read(text))
      return known.get(text)
    },
    offset(at) {
      return zonedAt(at, name).offsetNanoseconds / 1e9
    },
  }
}

function zoneName(zone: string): string {
  if (isTimeZone(zone)) return zonedAt(0, zone).timeZoneId
  throw new Fault(`${JSON.stringify(zone)} is no time zone`, {
    cure: 'Give a name of the IANA time zone database, such as Europe/Berlin or UTC',
  })
}

function zonedAt(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone)
}
