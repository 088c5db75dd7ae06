import { spreadOf } from '../kpi-figure.ts'
import { incidentsOf, type PeriodIncidents, resolveTimes, trendLength } from '../kpi-incident.ts'
import { countedIncidents } from '../kpi-life.ts'
import { type Limits, naturalLimits } from '../kpi-statistics.ts'
import { type Period, periodAt, previousPeriods } from '../period.ts'
import type { Basis } from './basis.ts'

/** A figure by month or week with the limits between which it moves by itself. */
export interface Controlled {
  readonly values: readonly (number | null)[]
  /** From the values before the period of the report, as far as the history covers them in full; `null` for too few. */
  readonly limits: (Limits & { readonly mean: number }) | null
  /** Ids of the months or weeks of the report's period that lie beyond the limits. */
  readonly beyond: readonly string[]
}

/** What is kept under control: how many incidents are opened, and how long they take. */
export interface Control {
  /** The months or weeks, oldest first. */
  readonly ids: readonly string[]
  readonly step: 'week' | 'month'
  readonly opened: Controlled
  /** Median time to resolve, in hours. */
  readonly resolveHours: Controlled
}

/** Figures by month, or by week where the report is one of a week; those before the period draw the limits. */
export function controlOf({ facts, trend, now }: Pick<Basis, 'facts' | 'trend' | 'now'>): Control {
  const step = now.period.kind === 'week' ? 'week' : 'month'
  const all = now.period.kind === step ? trend : byMonth(facts, now.period)
  // A month that began before the history would look like a quiet one.
  const points = all.filter(({ period }) => period.from >= facts.since && period.from < now.end)
  const isEarlier = ({ period, coverage }: PeriodIncidents): boolean =>
    coverage === 'whole' && period.until <= now.period.from
  const controlled = (figure: (of: PeriodIncidents) => number | null, running: boolean): Controlled => {
    const base = points.filter(isEarlier).flatMap((point) => figure(point) ?? [])
    const limits = base.some((value) => value > 0) ? naturalLimits(base) : undefined
    const beyond = points.filter((point) => {
      const value = figure(point)
      if (!limits || value === null || point.period.from < now.period.from) return false
      return (running || point.coverage === 'whole') && (value > limits.high || value < limits.low)
    })
    return {
      values: points.map(figure),
      limits: limits ? { ...limits, mean: base.reduce((sum, value) => sum + value, 0) / base.length } : null,
      beyond: beyond.map(({ period }) => period.id),
    }
  }
  return {
    ids: points.map(({ period }) => period.id),
    step,
    opened: controlled(({ opened }) => opened.length, false),
    resolveHours: controlled((point) => {
      const { median } = spreadOf(resolveTimes(point))
      return median === null ? null : median / 3600
    }, true),
  }
}

/** The months of a period after the twelve before it. */
function byMonth(facts: Basis['facts'], period: Period): readonly PeriodIncidents[] {
  const zone = facts.config.timezone
  const first = periodAt('month', period.from, zone)
  const months = [...previousPeriods(first, zone, trendLength), first]
  for (let last = first; last.until < period.until; months.push(last)) last = periodAt('month', last.until, zone)
  const counted = countedIncidents(facts.incidents)
  return months.map((month) => incidentsOf(counted, month, facts))
}
