import { shareOf } from './kpi-figure.ts'
import { countedClocks, isBreached } from './kpi-sla.ts'
import { countFigure, type Metric, shareFigure, spreadFigure } from './metric.ts'
import {
  firstIn,
  happenedIn,
  type LifeFamily,
  lifeMetric,
  lifeShare,
  lifeTime,
  livesOf,
  type RecordLife,
  staysIn,
  untilFirst,
} from './metric-life.ts'
import { oncePerFacts } from './metric-population.ts'
import { isFiledAfterTheFact } from './retrospective.ts'

const requests: LifeFamily = { lives: livesOf('request'), scopes: ['service', 'team', 'priority'] }

const done: readonly string[] = ['fulfilled', 'closed']

/** Ids of the requests that exceeded the target of an SLA and were not forgiven. */
const breaching = oncePerFacts(
  ({ clocked }): ReadonlySet<string> =>
    new Set(
      countedClocks(clocked.filter(({ type }) => type === 'request')).flatMap((clock) =>
        clock.reading.kind === 'sla' && isBreached(clock) ? [clock.record.id] : [],
      ),
    ),
)

function closedWatched(life: RecordLife): number | undefined {
  return isFiledAfterTheFact(life.moments, (state) => done.includes(state)) ? undefined : firstIn(life, ['closed'])
}

function fulfilled(life: RecordLife): number | undefined {
  return firstIn(life, done)
}

function scoreOf({ data: { satisfaction } }: RecordLife): readonly number[] {
  return typeof satisfaction === 'number' ? [satisfaction] : []
}

const fulfilledText =
  'n counts the requests first fulfilled in the period, whenever they were opened; open, rejected and cancelled ones are left out.'

/** The figures of service requests. */
export const requestMetrics: readonly Metric[] = [
  lifeMetric(
    requests,
    {
      id: 'requests-fulfilled',
      title: 'Requests fulfilled',
      unit: 'count',
      better: 'none',
      formula: 'Requests that were fulfilled, or closed at once, for the first time in the period.',
      population: fulfilledText,
      source: 'GitSM',
    },
    (among, span) => countFigure(happenedIn(among, span, fulfilled).length),
  ),
  lifeTime(
    requests,
    {
      id: 'request-fulfilment-time',
      title: 'Time to fulfil requests',
      better: 'down',
      formula:
        'Wall-clock time from the start of a request, the earlier of opened_at and its first record, until it was first fulfilled, of those fulfilled in the period.',
      population: fulfilledText,
      source: 'ServiceNow, average time to fulfill a request',
    },
    (life) => untilFirst(life, done),
  ),
  lifeTime(
    requests,
    {
      id: 'request-approval-wait',
      title: 'Wait of requests for approval',
      better: 'down',
      formula: 'Wall-clock time that a request stood in awaiting_approval, of the stays that ended in the period.',
      population:
        'n counts stays, also those that ended in rejection; cancelled requests and those that wait are left out.',
      source: 'GitSM',
    },
    (life) => staysIn(life, ['awaiting_approval']),
  ),
  lifeShare(
    requests,
    {
      id: 'requests-with-breach',
      title: 'Requests that broke a promise',
      better: 'down',
      formula:
        'Of the requests closed in the period, those that exceeded a target of an SLA; OLAs and contracts do not count.',
      population:
        'n counts the requests first closed in the period, those without a clock among them. Cancelled ones and those filed after the fact are left out.',
      source: 'ServiceNow Benchmarks, percentage of requests with a breached SLA',
    },
    closedWatched,
    ({ id }, facts) => breaching(facts).has(id),
  ),
  lifeMetric(
    requests,
    {
      id: 'request-satisfaction',
      title: 'Satisfaction with requests',
      unit: 'score',
      better: 'up',
      formula: 'Mean score from 1 to 5 of the requests first fulfilled in the period that have one.',
      population: 'n counts those with a score; request-satisfaction-response says of how many.',
      source: 'ServiceNow, customer satisfaction (CSAT)',
    },
    (among, span) => spreadFigure(happenedIn(among, span, fulfilled).flatMap(scoreOf)),
  ),
  lifeMetric(
    requests,
    {
      id: 'request-satisfaction-response',
      title: 'Requests whose requester gave a score',
      unit: 'share',
      better: 'none',
      formula: 'Of the requests first fulfilled in the period, those that have a satisfaction score.',
      population: fulfilledText,
      source: 'ServiceNow, survey response rate; stands beside request-satisfaction',
    },
    (among, span) => shareFigure(shareOf(happenedIn(among, span, fulfilled), (life) => scoreOf(life).length > 0)),
  ),
]
