import { Fault } from '../core/fault.ts'
import { type Instant, parseDuration, parseInstant, type Seconds } from '../core/instant.ts'

/** An instant as an argument; a `Fault` that shows the right form otherwise. */
export function instantArgument(text: string): Instant {
  const at = parseInstant(text)
  if (at !== undefined) return at
  throw new Fault(`${JSON.stringify(text)} is no instant`, {
    cure: 'Write date, time with seconds and zone: 2026-11-21T08:15:00Z or 2026-11-21T09:15:00+01:00',
  })
}

/** A duration as an argument; a `Fault` that shows the right form otherwise. */
export function durationArgument(text: string): Seconds {
  const length = parseDuration(text)
  if (length !== undefined) return length
  throw new Fault(`${JSON.stringify(text)} is no duration`, { cure: 'Write hours, minutes or seconds: PT4H, PT1H30M' })
}

/** Gathers the values of an option that may be given several times. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}
