import { compare } from './diagnostic.ts'
import type { Instant } from './instant.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import { acknowledgeTimes, type PeriodIncidents, resolveTimes } from './kpi-incident.ts'
import { type TargetClocks, tallyClocks } from './kpi-sla.ts'

/** One period of a trend, as a line of a table. */
export interface TrendLine {
  readonly id: string
  /** Whether the period began before the history. */
  readonly partial: boolean
  /** Whether the period was not over at the as-of instant. */
  readonly running: boolean
  readonly opened: number
  readonly resolved: number
  readonly open: number
  readonly resolveTime: Spread
  readonly acknowledgeTime: Spread
  /** Targets met, in the order of `TrendTable.targets`. */
  readonly met: readonly Share[]
}

/** The figures of the last periods, oldest first; periods before the history begins are left out. */
export interface TrendTable {
  /** Names of the targets that have a column each; all SLAs that have one are counted together. */
  readonly targets: readonly string[]
  readonly lines: readonly TrendLine[]
  readonly partial: boolean
  readonly running: boolean
  /** The largest number of incidents opened or resolved in a period. */
  readonly most: number
}

/** Puts a trend into lines; the history begins at `since`. OLAs and contracts are left out of the targets. */
export function trendTable(
  trend: readonly PeriodIncidents[],
  clocks: readonly TargetClocks[],
  since: Instant,
): TrendTable {
  const slas = clocks.filter(({ kind }) => kind === 'sla')
  const targets = [...new Set(slas.map(({ target }) => target))].sort(compare)
  const together = targets.map((name) =>
    slas.filter(({ target }) => target === name).flatMap((target) => target.clocks),
  )
  const lines = trend
    .filter(({ coverage }) => coverage !== 'none')
    .map((figures) => ({
      id: figures.period.id,
      partial: figures.period.from < since,
      running: figures.end < figures.period.until,
      opened: figures.opened.length,
      resolved: figures.resolved.length,
      open: figures.open.length,
      resolveTime: spreadOf(resolveTimes(figures)),
      acknowledgeTime: spreadOf(acknowledgeTimes(figures)),
      met: together.map((of) => tallyClocks(of, figures.period).compliance),
    }))
  return {
    targets,
    lines,
    partial: lines.some(({ partial }) => partial),
    running: lines.some(({ running }) => running),
    most: Math.max(0, ...lines.flatMap(({ opened, resolved }) => [opened, resolved])),
  }
}
