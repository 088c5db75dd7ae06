import { Fault } from '../core/fault.ts'
import { type Instant, parseInstant } from '../core/instant.ts'
import { startOfDay } from '../core/period.ts'
import type { TimeSpan } from '../core/time-span.ts'

/** The half-open stretch that `--from` and `--to` name, each a date in the zone of the reports or an instant. */
export function periodArguments(from: string, to: string, zone: string): TimeSpan {
  const span = { from: instantOf(from, zone), until: instantOf(to, zone) }
  if (span.until > span.from) return span
  throw new Fault('The period ends before it begins', {
    cure: 'Give --from the first day and --to the day after the last',
  })
}

function instantOf(text: string, zone: string): Instant {
  const at = startOfDay(text, zone) ?? parseInstant(text)
  if (at !== undefined) return at
  throw new Fault(`${JSON.stringify(text)} is neither a date nor an instant`, {
    cure: 'Write a date as 2026-10-01, or an instant as 2026-10-01T00:00:00Z',
  })
}
