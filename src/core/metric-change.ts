import type { ClockedRecord } from './clock-event.ts'
import type { Instant } from './instant.ts'
import { shareOf } from './kpi-figure.ts'
import {
  countFigure,
  type Figure,
  type Metric,
  type MetricFacts,
  nothing,
  type Scope,
  shareFigure,
  timeFigure,
} from './metric.ts'
import { isWithin } from './period.ts'
import { type Data, isFilled, textAt, textsAt } from './record.ts'
import type { TimeSpan } from './time-span.ts'
import type { Moment } from './timeline.ts'

/** A change in the period, as it stood at the as-of instant. */
interface PeriodChange {
  readonly data: Data
  readonly moments: readonly Moment[]
}

/** The changes that first entered one of some states in a stretch of time. */
function entered(facts: MetricFacts, span: TimeSpan, scope: Scope, states: readonly string[]): readonly PeriodChange[] {
  return facts.changes.flatMap((change) => {
    const moments = change.moments.filter(({ recorded }) => recorded <= facts.asOf)
    const at = firstIn({ moments }, states)
    const data = moments.at(-1)?.data
    if (at === undefined || !data || !isWithin(span, at) || !isInScope(data, scope)) return []
    return [{ data, moments }]
  })
}

function firstIn({ moments }: Pick<ClockedRecord, 'moments'>, states: readonly string[]): Instant | undefined {
  return moments.find(({ state }) => states.includes(state))?.recorded
}

function isInScope(data: Data, { service, team }: Scope): boolean {
  return (
    (service === undefined || textsAt(data, 'services').includes(service)) &&
    (team === undefined || textAt(data, 'team') === team)
  )
}

/** Whether a change failed: it did not do what it should, whether it was backed out or not. */
export function hasFailed(data: Data): boolean {
  return textAt(data, 'outcome')?.startsWith('unsuccessful') ?? false
}

const done: readonly string[] = ['implement', 'review', 'closed']

type Text = Pick<Metric, 'id' | 'title' | 'unit' | 'better' | 'formula'>

function metric(text: Text, states: readonly string[], figure: (changes: readonly PeriodChange[]) => Figure): Metric {
  return {
    ...text,
    scopes: ['service', 'team'],
    measure: (facts, { span, scope }) =>
      span.until <= facts.since ? nothing : figure(entered(facts, span, scope, states)),
  }
}

function share(text: Omit<Text, 'unit'>, states: readonly string[], holds: (data: Data) => boolean): Metric {
  return metric({ ...text, unit: 'share' }, states, (changes) =>
    shareFigure(shareOf(changes, ({ data }) => holds(data))),
  )
}

/** The figures of changes. Those of a service are the ones that list it. */
export const changeMetrics: readonly Metric[] = [
  share(
    {
      id: 'change-success',
      title: 'Changes that succeeded',
      better: 'up',
      formula:
        'Of the changes closed in the period, those with the outcome successful. Successful with issues counts neither here nor as failed; cancelled and rejected ones are left out.',
    },
    ['closed'],
    (data) => data['outcome'] === 'successful',
  ),
  share(
    {
      id: 'change-failure',
      title: 'Changes that failed',
      better: 'down',
      formula: 'Of the changes closed in the period, those with an unsuccessful outcome, backed out or not.',
    },
    ['closed'],
    hasFailed,
  ),
  share(
    {
      id: 'emergency-changes',
      title: 'Emergency changes',
      better: 'down',
      formula: 'Of the changes closed in the period, those of the type emergency.',
    },
    ['closed'],
    (data) => data['change_type'] === 'emergency',
  ),
  share(
    {
      id: 'standard-changes',
      title: 'Standard changes',
      better: 'up',
      formula: 'Of the changes closed in the period, those of the type standard.',
    },
    ['closed'],
    (data) => data['change_type'] === 'standard',
  ),
  share(
    {
      id: 'unauthorised-changes',
      title: 'Unauthorised changes',
      better: 'down',
      formula: 'Of the changes first implemented in the period, those marked as unauthorised.',
    },
    done,
    (data) => data['unauthorised'] === true,
  ),
  share(
    {
      id: 'harmful-changes',
      title: 'Changes that caused incidents',
      better: 'down',
      formula: 'Of the changes first implemented in the period, those that name incidents they caused.',
    },
    done,
    (data) => isFilled(data['incidents_caused']),
  ),
  metric(
    {
      id: 'changes-carried-out',
      title: 'Changes carried out',
      unit: 'count',
      better: 'up',
      formula: 'Changes first implemented in the period. Those of one service are its deployments.',
    },
    done,
    (changes) => countFigure(changes.length),
  ),
  share(
    {
      id: 'change-fail-rate',
      title: 'Changes that needed intervention',
      better: 'down',
      formula:
        'Of the changes whose work ended in the period (first in review or closed), those with an unsuccessful outcome or that name incidents they caused.',
    },
    ['review', 'closed'],
    (data) => hasFailed(data) || isFilled(data['incidents_caused']),
  ),
  metric(
    {
      id: 'change-lead-time',
      title: 'Lead time of changes',
      unit: 'time',
      better: 'down',
      formula: 'Wall-clock time from the first record of a change to its closing, of those closed in the period.',
    },
    ['closed'],
    (changes) =>
      timeFigure(
        changes.flatMap(({ moments }) => {
          const [born, closed] = [moments[0]?.recorded, firstIn({ moments }, ['closed'])]
          return born === undefined || closed === undefined ? [] : closed - born
        }),
      ),
  ),
]
