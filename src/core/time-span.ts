import type { Instant } from './instant.ts'

/** A stretch of time, half-open: it holds its first second and not its end. */
export interface TimeSpan {
  readonly from: Instant
  readonly until: Instant
}

/** What two stretches share; `undefined` where they share nothing, as when one ends where the other begins. */
export function overlap(a: TimeSpan, b: TimeSpan): TimeSpan | undefined {
  const [from, until] = [Math.max(a.from, b.from), Math.min(a.until, b.until)]
  return from < until ? { from, until } : undefined
}

/** Stretches in order, those that overlap or touch made one. */
export function joined(spans: readonly TimeSpan[]): readonly TimeSpan[] {
  const result: TimeSpan[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last === undefined || span.from > last.until) result.push(span)
    else if (span.until > last.until) result[result.length - 1] = { from: last.from, until: span.until }
  }
  return result
}

/** The parts of a stretch that lie in none of the others. */
export function uncovered(span: TimeSpan, others: readonly TimeSpan[]): readonly TimeSpan[] {
  const left: TimeSpan[] = []
  let from = span.from
  for (const other of joined(others)) {
    if (other.until <= from) continue
    if (other.from >= span.until) break
    if (other.from > from) left.push({ from, until: other.from })
    from = other.until
  }
  return from < span.until ? [...left, { from, until: span.until }] : left
}
