import type { Kpi } from './kpi.ts'
import type { Metric } from './metric.ts'
import { availabilityMetrics } from './metric-availability.ts'
import { changeMetrics } from './metric-change.ts'
import { conductMetrics } from './metric-change-conduct.ts'
import { configurationMetrics } from './metric-configuration.ts'
import { deploymentMetrics } from './metric-deployment.ts'
import { improvementMetrics } from './metric-improvement.ts'
import { incidentMetrics } from './metric-incident.ts'
import { outageMetrics } from './metric-outage.ts'
import { problemMetrics } from './metric-problem.ts'
import { recordMetrics } from './metric-record.ts'
import { requestMetrics } from './metric-request.ts'
import { resolutionMetrics } from './metric-resolution.ts'
import { slaMetrics } from './metric-sla.ts'

/** A chapter of the catalogue. */
export interface MetricChapter {
  readonly title: string
  readonly metrics: readonly Metric[]
}

/** The catalogue by what it is about, in the order in which it is listed. */
export const metricChapters: readonly MetricChapter[] = [
  { title: 'Incidents', metrics: incidentMetrics },
  { title: 'How incidents are resolved', metrics: resolutionMetrics },
  { title: 'Service levels', metrics: slaMetrics },
  { title: 'Outages', metrics: [...availabilityMetrics, ...outageMetrics] },
  { title: 'Changes', metrics: [...changeMetrics, ...conductMetrics] },
  { title: 'Delivery of a service (DORA)', metrics: deploymentMetrics },
  { title: 'Requests', metrics: requestMetrics },
  { title: 'Problems', metrics: problemMetrics },
  { title: 'Configuration', metrics: configurationMetrics },
  { title: 'Improvements', metrics: improvementMetrics },
  { title: 'Records of any type', metrics: recordMetrics },
]

/** The catalogue: every figure that can be computed. */
export const metrics: readonly Metric[] = metricChapters.flatMap((chapter) => chapter.metrics)

const byId = new Map(metrics.map((metric) => [metric.id, metric]))

/** The metric of an id; `undefined` where the catalogue has none. */
export function metricOf(id: string): Metric | undefined {
  return byId.get(id)
}

/** The metric of an id that is known to be there; another one is a mistake. */
export function kpiOf(id: string): Metric {
  const metric = byId.get(id)
  if (!metric) throw new RangeError(`there is no KPI ${id}`)
  return metric
}

/** The entries of a page that explains its figures, in the order of the catalogue. An id that it lacks is a mistake. */
export function kpisOf(ids: readonly string[]): readonly Kpi[] {
  const wanted = new Set(ids.map(kpiOf))
  return metrics.filter((metric) => wanted.has(metric))
}
