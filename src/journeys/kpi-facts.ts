import type { RecordIndex } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import type { MetricFacts } from '../core/metric.ts'
import type { Clocks } from './clocks.ts'
import { clockedFacts, incidentFacts } from './report-facts.ts'

/** What figures rest on, as the mainline tells it up to an instant. */
export function metricFacts(clocks: Clocks, records: RecordIndex, asOf: Instant): MetricFacts {
  return {
    since: clocks.history.commits[0]?.at ?? asOf,
    asOf,
    incidents: incidentFacts(clocks, asOf),
    clocked: clockedFacts(clocks, asOf),
    records: clocks.records,
    changes: clocks.records.filter(({ type }) => type === 'change'),
    improvements: clocks.records.filter(({ type }) => type === 'improvement'),
    services: records.ofType('service'),
  }
}
