import type { Clock } from './state.ts'

/** A clock that stands still between things that happen; `real` follows that of the machine. */
export function clockFrom(start = '2026-11-21T08:00:00Z'): Clock {
  const real = start === 'real'
  let shift = 0
  let at = real ? 0 : Date.parse(start) / 1000
  const seconds = (): number => (real ? Math.floor(Date.now() / 1000) + shift : at)
  const now = (): string => new Date(seconds() * 1000).toISOString().replace('.000', '')
  const advance = (by: number): void => {
    if (real) shift += by
    else at += by
  }
  return {
    now,
    seconds,
    advance,
    set: (instant) => advance(Date.parse(instant) / 1000 - seconds()),
    tick: () => {
      if (!real) advance(1)
      return now()
    },
  }
}
