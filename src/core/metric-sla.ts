import { type KpiId, kpi } from './kpi.ts'
import { type Clock, type ClockTally, countedClocks, tallyClocks } from './kpi-sla.ts'
import {
  countFigure,
  type Figure,
  type Metric,
  type MetricFacts,
  nothing,
  type Scope,
  scopeKeys,
  shareFigure,
} from './metric.ts'
import { isInScope } from './metric-incident.ts'

function isClockInScope({ record, reading }: Clock, { priority, ...scope }: Scope): boolean {
  return isInScope(record, scope) && (priority === undefined || priority === reading.priority)
}

const known = new WeakMap<MetricFacts, readonly Clock[]>()

function clocksOf(facts: MetricFacts): readonly Clock[] {
  const clocks = known.get(facts) ?? countedClocks(facts.incidents)
  known.set(facts, clocks)
  return clocks
}

function metric(id: KpiId, figure: (tally: ClockTally) => Figure): Metric {
  return {
    ...kpi(id),
    scopes: scopeKeys,
    measure: (facts, { span, scope }) => {
      if (span.until <= facts.since) return nothing
      const clocks = clocksOf(facts).filter((clock) => isClockInScope(clock, scope))
      return figure(tallyClocks(clocks, span))
    },
  }
}

/** The figures of SLA, OLA and contract clocks together; a scope restricts them. */
export const slaMetrics: readonly Metric[] = [
  metric('sla-compliance', ({ compliance }) => shareFigure(compliance)),
  metric('near-misses', ({ nearMisses }) => countFigure(nearMisses.length)),
  metric('sla-breached-open', ({ overdue }) => countFigure(overdue.length)),
  metric('at-risk', ({ atRisk }) => countFigure(atRisk.length)),
]
