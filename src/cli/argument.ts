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

const unitSeconds: { readonly [unit: string]: Seconds } = { h: 3600, d: 86_400, w: 7 * 86_400 }

/** How far to look ahead, in hours, days of 24 hours or weeks: `12h`, `30d`, `6w`; at most ten years. */
export function stretchArgument(text: string): Seconds {
  const [, count = '', unit = ''] = /^([1-9]\d{0,4})([hdw])$/.exec(text) ?? []
  const length = Number(count) * (unitSeconds[unit] ?? 0)
  if (length > 0 && length <= 3660 * 86_400) return length
  throw new Fault(`${JSON.stringify(text)} is no stretch of time`, {
    cure: 'Write hours, days or weeks, up to ten years: 12h, 30d, 6w',
  })
}

/** A count from 1 on as an argument; a `Fault` that shows the right form otherwise. */
export function countArgument(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new Fault(`${JSON.stringify(text)} is no count`, { cure: 'Give a whole number from 1 on' })
}

/** Gathers the values of an option that may be given several times. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}
