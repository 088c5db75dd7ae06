import type { ClockedRecord } from './clock-event.ts'
import { type Instant, parseInstant, type Seconds } from './instant.ts'
import { type Metric, type MetricFacts, nothing, type Scope, timeFigure } from './metric.ts'
import { isWithin } from './period.ts'
import { type Data, textAt, textsAt } from './record.ts'
import type { Moment } from './timeline.ts'

type Text = Pick<Metric, 'id' | 'title' | 'better' | 'formula'>

/** A length of time that a record brought to an end, and when. */
interface Ended {
  readonly length: Seconds
  readonly at: Instant
}

/** A figure of how long records of a type took for something, by what ended in the period. */
function timeOf(type: string, text: Text, ended: (moments: readonly Moment[]) => readonly Ended[]): Metric {
  return {
    ...text,
    unit: 'time',
    scopes: ['service', 'team'],
    measure: (facts, { span, scope }) =>
      span.until <= facts.since
        ? nothing
        : timeFigure(
            livesOf(facts, scope, type).flatMap((moments) =>
              ended(moments).flatMap(({ length, at }) => (isWithin(span, at) ? [length] : [])),
            ),
          ),
  }
}

/** The moments of the records of a type, as known at the as-of instant, that fall under a scope as they stood then. */
export function livesOf(facts: MetricFacts, { service, team }: Scope, type?: string): readonly (readonly Moment[])[] {
  return facts.records.flatMap((record: ClockedRecord) => {
    if (type !== undefined && record.type !== type) return []
    const moments = record.moments.filter(({ recorded }) => recorded <= facts.asOf)
    const data = moments.at(-1)?.data
    if (!data || (service !== undefined && !services(data).includes(service))) return []
    return team !== undefined && textAt(data, 'team') !== team ? [] : [moments]
  })
}

function services(data: Data): readonly string[] {
  return [...textsAt(data, 'service'), ...textsAt(data, 'services')]
}

/** Every stay in a state that came to an end. */
function staysIn(state: string): (moments: readonly Moment[]) => readonly Ended[] {
  return (moments) => {
    const found: Ended[] = []
    let since: Instant | undefined
    for (const { state: now, recorded } of moments) {
      if (now === state) since ??= recorded
      else if (since !== undefined) {
        found.push({ length: recorded - since, at: recorded })
        since = undefined
      }
    }
    return found
  }
}

/** From the start of a record, the earlier of `opened_at` and its first record, until it first entered a state. */
function untilFirst(states: readonly string[]): (moments: readonly Moment[]) => readonly Ended[] {
  return (moments) => {
    const [first] = moments
    const at = moments.find(({ state }) => states.includes(state))?.recorded
    if (!first || at === undefined) return []
    const opened = parseInstant(textAt(first.data, 'opened_at') ?? '') ?? first.recorded
    return [{ length: at - Math.min(opened, first.recorded), at }]
  }
}

/** How long changes, requests and problems wait and are worked on. */
export const stayMetrics: readonly Metric[] = [
  timeOf(
    'change',
    {
      id: 'change-approval-wait',
      title: 'Wait of changes for approval',
      better: 'down',
      formula: 'Wall-clock time that a change stood in authorize, of the stays that ended in the period.',
    },
    staysIn('authorize'),
  ),
  timeOf(
    'change',
    {
      id: 'change-implementation-time',
      title: 'Time to implement changes',
      better: 'down',
      formula: 'Wall-clock time that a change stood in implement, of the stays that ended in the period.',
    },
    staysIn('implement'),
  ),
  timeOf(
    'request',
    {
      id: 'request-approval-wait',
      title: 'Wait of requests for approval',
      better: 'down',
      formula: 'Wall-clock time that a request stood in awaiting_approval, of the stays that ended in the period.',
    },
    staysIn('awaiting_approval'),
  ),
  timeOf(
    'request',
    {
      id: 'request-fulfilment-time',
      title: 'Time to fulfil requests',
      better: 'down',
      formula:
        'Wall-clock time from the start of a request until it was first fulfilled, of those fulfilled in the period.',
    },
    untilFirst(['fulfilled', 'closed']),
  ),
  timeOf(
    'problem',
    {
      id: 'problem-analysis-time',
      title: 'Time to find the cause of problems',
      better: 'down',
      formula: 'Wall-clock time that a problem stood in root_cause_analysis, of the stays that ended in the period.',
    },
    staysIn('root_cause_analysis'),
  ),
  timeOf(
    'problem',
    {
      id: 'problem-resolution-time',
      title: 'Time to resolve problems',
      better: 'down',
      formula:
        'Wall-clock time from the start of a problem until it was first resolved, of those resolved in the period.',
    },
    untilFirst(['resolved', 'closed']),
  ),
]
