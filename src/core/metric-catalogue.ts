import { shareOf } from './kpi-figure.ts'
import { type Metric, nothing, shareFigure } from './metric.ts'
import { availabilityMetrics } from './metric-availability.ts'
import { changeMetrics } from './metric-change.ts'
import { incidentMetrics } from './metric-incident.ts'
import { recordMetrics } from './metric-record.ts'
import { slaMetrics } from './metric-sla.ts'
import { stayMetrics } from './metric-stay.ts'
import { isWithin } from './period.ts'
import { textAt } from './record.ts'

const improvementRealisation: Metric = {
  id: 'improvement-realisation',
  title: 'Improvements that reached their target',
  unit: 'share',
  better: 'up',
  formula: 'Of the improvements closed in the period, those with the result achieved.',
  scopes: ['service', 'team'],
  measure(facts, { span, scope: { service, team } }) {
    if (span.until <= facts.since) return nothing
    const closed = facts.improvements.flatMap(({ moments }) => {
      const last = moments.find(({ state, recorded }) => state === 'closed' && recorded <= facts.asOf)
      if (!last || !isWithin(span, last.recorded)) return []
      if (service !== undefined && textAt(last.data, 'service') !== service) return []
      return team !== undefined && textAt(last.data, 'team') !== team ? [] : [last.data]
    })
    return shareFigure(shareOf(closed, ({ result }) => result === 'achieved'))
  },
}

/** The catalogue: every figure that can be computed, in the order in which they are listed. */
export const metrics: readonly Metric[] = [
  ...incidentMetrics,
  ...slaMetrics,
  ...availabilityMetrics,
  ...changeMetrics,
  ...stayMetrics,
  ...recordMetrics,
  improvementRealisation,
]

/** The metric of an id; `undefined` where the catalogue has none. */
export function metricOf(id: string): Metric | undefined {
  return metrics.find((metric) => metric.id === id)
}
