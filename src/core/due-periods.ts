import type { Instant } from './instant.ts'
import { lastFullPeriod, type Period, type PeriodKind, periodAt } from './period.ts'

const kinds: readonly PeriodKind[] = ['month', 'quarter', 'year']

/**
 * The periods whose reports are due at an instant, the one that ends last first: the month that runs, and the last
 * month, quarter and year that were over. Those that had ended when the history began are left out.
 */
export function duePeriods(since: Instant, at: Instant, zone: string): readonly Period[] {
  const full = kinds.map((kind) => lastFullPeriod(kind, at, zone)).filter(({ until }) => until > since)
  return [periodAt('month', at, zone), ...full].toSorted((a, b) => b.until - a.until || b.from - a.from)
}

/**
 * The period that a dashboard tells of: the one that begins last, and of those that begin together the shortest, so
 * that a year does not stand before its months.
 */
export function latestPeriod([first, ...others]: readonly [Period, ...Period[]]): Period {
  return others.reduce((a, b) => (b.from > a.from || (b.from === a.from && b.until < a.until) ? b : a), first)
}
