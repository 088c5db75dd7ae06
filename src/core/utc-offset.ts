import { Temporal } from 'temporal-polyfill'
import type { Instant } from './instant.ts'

/**
 * The offsets from UTC, as `+02:00`, that a zone has in `[from, until)`, in order; more than one where a clock changes.
 */
export function utcOffsets(zone: string, from: Instant, until: Instant): readonly string[] {
  const offsets: string[] = []
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from * 1000).toZonedDateTimeISO(zone)
  while (at && (offsets.length === 0 || at.epochMilliseconds < until * 1000)) {
    if (offsets.at(-1) !== at.offset) offsets.push(at.offset)
    at = at.getTimeZoneTransition('next')
  }
  return offsets
}
