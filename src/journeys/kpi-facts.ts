import { type Calendar, calendarOf } from '../core/calendar.ts'
import type { RecordIndex } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import type { MetricFacts } from '../core/metric.ts'
import type { Clocks } from './clocks.ts'
import { incidentFacts } from './report-facts.ts'

/** What figures rest on, as the mainline tells it up to an instant. */
export function metricFacts(clocks: Clocks, records: RecordIndex, asOf: Instant): MetricFacts {
  return {
    since: clocks.history.commits[0]?.at ?? asOf,
    asOf,
    incidents: incidentFacts(clocks, asOf),
    changes: clocks.records.filter(({ type }) => type === 'change'),
    improvements: clocks.records.filter(({ type }) => type === 'improvement'),
    services: records.ofType('service'),
  }
}

/** The calendars of a tree by id, those left out whose hours make no sense. */
export function calendarsOf(records: RecordIndex): ReadonlyMap<string, Calendar> {
  return new Map(
    records.ofType('calendar').flatMap(({ id, data }) => {
      const calendar = calendarOf(data)
      return calendar ? [[id, calendar] as const] : []
    }),
  )
}
