import { compare } from './diagnostic.ts'
import type { Seconds } from './instant.ts'
import type { Share } from './kpi-figure.ts'
import { type Figure, type MetricFacts, shareIn } from './metric.ts'
import { kpiOf } from './metric-catalogue.ts'
import type { TimeSpan } from './time-span.ts'

/** DORA's five figures of one service: they say something of one service only, so they are never added up. */
export interface DeliveryLine {
  readonly service: string
  readonly deployments: number
  /** Deployments in seven days; `null` where there is no data. */
  readonly weekly: number | null
  /** After the point, so that a few in a year do not read as none. */
  readonly weeklyDigits: number
  /** Median from commit to deployment, and of how many. */
  readonly leadTime: Timed
  readonly failed: Share
  /** Median until a failed deployment was made good, and of how many. */
  readonly recovery: Timed
  readonly rework: Share
}

interface Timed {
  /** `null` where there is no data. */
  readonly median: Seconds | null
  readonly n: number
}

/** The services that something was deployed to in a period, the most often first. */
export function deliveryLines(
  history: MetricFacts,
  span: TimeSpan,
  services: readonly string[],
): readonly DeliveryLine[] {
  return services
    .map((service) => {
      const measure = (id: string): Figure => kpiOf(id).measure(history, { span, scope: { service } })
      const timed = (id: string): Timed => {
        const { value, n } = measure(id)
        return { median: value === null ? null : value * 3600, n }
      }
      const frequency = measure('deployment-frequency')
      return {
        service,
        deployments: frequency.n,
        weekly: frequency.value,
        weeklyDigits: digitsOf(frequency.value ?? 0),
        leadTime: timed('deployment-lead-time'),
        failed: shareIn(measure('change-fail-rate')),
        recovery: timed('failed-deployment-recovery-time'),
        rework: shareIn(measure('deployment-rework-rate')),
      }
    })
    .filter(({ deployments }) => deployments > 0)
    .toSorted((a, b) => b.deployments - a.deployments || compare(a.service, b.service))
}

/** One digit after the point; for less than one, as many as it takes to show the first two that are not zero. */
function digitsOf(value: number): number {
  return value <= 0 || value >= 1 ? 1 : 1 - Math.floor(Math.log10(value))
}
