import { type Config, metricSettings } from '../core/config.ts'
import type { RecordIndex } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import type { MetricFacts } from '../core/metric.ts'
import { calendarsOf } from './calendars.ts'
import type { Clocks } from './clocks.ts'
import { livesAt } from './lives-at.ts'

/** What figures rest on, as the mainline tells it up to an instant. */
export function metricFacts(clocks: Clocks, records: RecordIndex, config: Config, asOf: Instant): MetricFacts {
  const calendar = calendarsOf(records).get(config.calendar)
  const { incidents, clocked } = livesAt(clocks, asOf)
  return {
    since: clocks.history.commits[0]?.at ?? asOf,
    asOf,
    incidents,
    clocked,
    records: clocks.records,
    services: records.ofType('service'),
    settings: metricSettings(config),
    ...(calendar && { calendar }),
  }
}
