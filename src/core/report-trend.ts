import { compare } from './diagnostic.ts'
import { type Share, type Spread, spreadOf } from './kpi-figure.ts'
import { acknowledgeTimes, type PeriodIncidents, resolveTimes } from './kpi-incident.ts'
import { type TargetClocks, tallyClocks } from './kpi-sla.ts'

/** One period of a trend, as a line of a table. */
export interface TrendLine {
  readonly id: string
  /** Whether the history covers only a part of the period. */
  readonly partial: boolean
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
  /** The largest number of incidents opened or resolved in a period. */
  readonly most: number
}

/** Puts a trend into lines. OLAs and contracts are left out of the targets. */
export function trendTable(trend: readonly PeriodIncidents[], clocks: readonly TargetClocks[]): TrendTable {
  const slas = clocks.filter(({ kind }) => kind === 'sla')
  const targets = [...new Set(slas.map(({ target }) => target))].sort(compare)
  const together = targets.map((name) =>
    slas.filter(({ target }) => target === name).flatMap((target) => target.clocks),
  )
  const lines = trend
    .filter(({ coverage }) => coverage !== 'none')
    .map((figures) => ({
      id: figures.period.id,
      partial: figures.coverage === 'part',
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
    most: Math.max(0, ...lines.flatMap(({ opened, resolved }) => [opened, resolved])),
  }
}
