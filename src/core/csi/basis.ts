import type { Instant } from '../instant.ts'
import { incidentTrend, type PeriodIncidents } from '../kpi-incident.ts'
import type { Life } from '../kpi-life.ts'
import { clocksByTarget, incidentClocksByTarget, type TargetClocks } from '../kpi-sla.ts'
import type { ReportFacts } from '../report.ts'
import type { TimeSpan } from '../time-span.ts'

/** What the steps of the improvement report share, computed once. */
export interface Basis {
  readonly facts: ReportFacts
  /** The period after the ones before it, oldest first. */
  readonly trend: readonly PeriodIncidents[]
  readonly now: PeriodIncidents
  readonly before: PeriodIncidents
  /** Earlier periods of the trend that the history covers from their first second to their last. */
  readonly earlier: readonly PeriodIncidents[]
  /** Clocks of every record. */
  readonly targets: readonly TargetClocks[]
  /** Clocks of incidents alone. */
  readonly incidentTargets: readonly TargetClocks[]
  readonly long: LongView
}

/**
 * The period and those before it as far as the history reaches: what one period is too short to show, such as rhythms
 * of the week.
 */
export interface LongView extends TimeSpan {
  /** Incidents opened in it, as they stood at its end. */
  readonly opened: readonly Life[]
}

/** Gathers what the steps share. */
export function basisOf(facts: ReportFacts): Basis {
  const trend = incidentTrend(facts)
  const [before, now] = trend.slice(-2)
  if (!before || !now) throw new RangeError('a trend has at least two periods')
  const from = Math.max(trend[0]?.period.from ?? now.period.from, facts.since)
  return {
    facts,
    trend,
    now,
    before,
    earlier: trend.slice(0, -1).filter(({ coverage }) => coverage === 'whole'),
    targets: clocksByTarget(facts),
    incidentTargets: incidentClocksByTarget(facts),
    long: longView(from, now),
  }
}

function longView(from: Instant, { end, all }: PeriodIncidents): LongView {
  const opened = all.filter(({ openedAt }) => openedAt >= from).toSorted((a, b) => a.openedAt - b.openedAt)
  return { from, until: Math.max(from, end), opened }
}
