import { always } from './calendar.ts'
import type { Seconds } from './instant.ts'
import { kpi } from './kpi.ts'
import {
  acknowledgeTimes,
  ageBuckets,
  ageOf,
  openFor,
  type PeriodIncidents,
  resolveTimes,
  waiting,
} from './kpi-incident.ts'
import { timeToResolve } from './kpi-life.ts'
import { countFigure, type Metric, nothing, timeFigure } from './metric.ts'
import { incidentMetric } from './metric-span-incidents.ts'
import { textAt } from './record.ts'
import type { TimeSpan } from './time-span.ts'

const agesOfBacklog: readonly Metric[] = ageBuckets.map((bucket) =>
  incidentMetric(
    {
      id: `backlog-${bucket.id}`,
      title: `Open for ${bucket.title}`,
      unit: 'count',
      better: bucket.id === 'over-30-days' ? 'down' : 'none',
      formula: `Incidents in backlog that are ${bucket.title} old at the end of the period, in whole days of 24 hours.`,
      population: 'n counts the incidents. The five figures of this kind together are backlog.',
      source: 'ServiceNow, age breakdown of open records, with other limits',
    },
    (incidents) => countFigure(openFor(bucket, incidents)),
  ),
)

/** The figures of how many incidents there are, and how long they take. */
export const incidentMetrics: readonly Metric[] = [
  incidentMetric(kpi('opened'), ({ opened }) => countFigure(opened.length)),
  incidentMetric(kpi('resolved'), ({ resolved }) => countFigure(resolved.length)),
  incidentMetric(kpi('backlog'), ({ open }) => countFigure(open.length)),
  incidentMetric(
    {
      id: 'backlog-growth',
      title: 'Growth of the backlog',
      unit: 'count',
      better: 'down',
      formula: 'Incidents in opened less incidents in resolved; negative where more was resolved than opened.',
      population: 'n counts the incidents that are in opened or in resolved, those in both once for each.',
      source: 'ServiceNow, closed subtracted from new',
    },
    ({ opened, resolved }) => ({
      ...nothing,
      value: opened.length - resolved.length,
      n: opened.length + resolved.length,
    }),
  ),
  incidentMetric(kpi('backlog-age'), (incidents) => timeFigure(incidents.open.map((life) => ageOf(life, incidents)))),
  ...agesOfBacklog,
  incidentMetric(kpi('mttr'), (incidents) => timeFigure(resolveTimes(incidents))),
  incidentMetric(
    {
      id: 'mttr-p1',
      title: 'Time to resolve the most urgent',
      unit: 'time',
      better: 'down',
      formula: 'As mttr, of the incidents whose priority is P1 at the end of the period.',
      population: 'n counts the incidents in resolved of priority P1.',
      source: 'ServiceNow Benchmarks, average time to resolve a high priority incident',
    },
    ({ resolved }) =>
      timeFigure(
        resolved.flatMap((life) => (textAt(life.data, 'priority') === 'P1' ? (timeToResolve(life) ?? []) : [])),
      ),
  ),
  incidentMetric(kpi('mtta'), (incidents) => timeFigure(acknowledgeTimes(incidents))),
  incidentMetric(
    {
      id: 'mtta-business',
      title: 'Time to acknowledge in business hours',
      unit: 'time',
      better: 'down',
      hours: true,
      formula:
        'As mtta, counting only the hours of the calendar: that of the KPI where it names one, else that of gitsm.yaml, as it stands now.',
      population: 'n counts the incidents of mtta.',
      source: 'Zammad, first response in business hours; stands beside mtta',
    },
    ({ acknowledged }, facts, asked) => {
      const calendar = asked.calendar ?? facts.calendar ?? always
      return timeFigure(
        acknowledged.map(({ openedAt, acknowledgedAt }) =>
          calendar.elapsed(openedAt, Math.max(openedAt, acknowledgedAt ?? 0)),
        ),
      )
    },
  ),
  incidentMetric(kpi('hold-time'), (incidents) => {
    const waits = waiting(incidents)
    const time = waits.reduce((sum, wait): Seconds => sum + wait.time, 0)
    return { ...nothing, value: waits.length === 0 ? null : time / 3600, n: waits.length === 0 ? 0 : waited(incidents) }
  }),
]

function waited({ all, period, end }: PeriodIncidents<TimeSpan>): number {
  return all.filter(({ holds }) => holds.some((hold) => Math.min(hold.until, end) > Math.max(hold.from, period.from)))
    .length
}
