import type { Seconds } from './instant.ts'
import { type Share, shareOf } from './kpi-figure.ts'
import type { MetricFacts } from './metric.ts'
import { metricOf } from './metric-catalogue.ts'
import { isFilled } from './record.ts'
import { type ChangeLife, type Outcome, outcomeOf, reached, waivedConflicts } from './report-change.ts'
import { timekeeping } from './report-change-window.ts'
import type { TimeSpan } from './time-span.ts'

/** A share of the changes of a period, with the id of its KPI. */
export interface ChangeShare {
  readonly kpi: string
  readonly title: string
  readonly share: Share
}

/** A length of time in the life of changes. */
export interface ChangeTime {
  readonly kpi: string
  readonly title: string
  readonly n: number
  /** In seconds on the wall; `null` where there is no data. */
  readonly mean: Seconds | null
  readonly median: Seconds | null
  readonly p90: Seconds | null
}

/** The figures of the changes of a period: shares by what they are a share of. */
export interface ChangeFigures {
  /** Of the changes closed in the period: how they ended. */
  readonly outcomes: readonly ChangeShare[]
  /** Of the changes closed in the period: by type. */
  readonly types: readonly ChangeShare[]
  /** Of the changes first scheduled in the period. */
  readonly scheduled: readonly ChangeShare[]
  /** Of the changes first under way in the period. */
  readonly started: readonly ChangeShare[]
  /** Of the changes whose work was over in the period. */
  readonly ended: readonly ChangeShare[]
  readonly times: readonly ChangeTime[]
}

/** Counts the changes of a period. */
export function changeFigures(changes: readonly ChangeLife[], history: MetricFacts, period: TimeSpan): ChangeFigures {
  const [closed, scheduled] = [reached(changes, 'closedAt', period), reached(changes, 'scheduledAt', period)]
  const [started, ended] = [reached(changes, 'startedAt', period), reached(changes, 'endedAt', period)]
  const ending = (outcome: Outcome): Share => shareOf(closed, (change) => outcomeOf(change) === outcome)
  const ofType = (type: string): Share => shareOf(closed, ({ changeType }) => changeType === type)
  const kept = ended.map(timekeeping)
  const timed = kept.filter((each) => each.kept === 'inside' || each.kept === 'outside')
  return {
    outcomes: [
      { kpi: 'change-success', title: 'Successful', share: ending('successful') },
      { kpi: 'changes-with-issues', title: 'Successful with issues', share: ending('with issues') },
      { kpi: 'change-failure', title: 'Failed', share: ending('failed') },
    ],
    types: [
      { kpi: 'standard-changes', title: 'Standard', share: ofType('standard') },
      { kpi: 'normal-changes', title: 'Normal', share: ofType('normal') },
      { kpi: 'emergency-changes', title: 'Emergency', share: ofType('emergency') },
    ],
    scheduled: [
      {
        kpi: 'conflict-waivers',
        title: 'Scheduled with a waived conflict',
        share: shareOf(scheduled, (change) => waivedConflicts(change).length > 0),
      },
    ],
    started: [
      {
        kpi: 'unauthorised-changes',
        title: 'Unauthorised',
        share: shareOf(started, ({ data }) => data['unauthorised'] === true),
      },
      {
        kpi: 'harmful-changes',
        title: 'Named as the cause of an incident',
        share: shareOf(started, ({ data }) => isFilled(data['incidents_caused'])),
      },
    ],
    ended: [
      {
        kpi: 'changes-without-window',
        title: 'No planned time',
        share: shareOf(kept, (each) => each.kept === 'unplanned'),
      },
      {
        kpi: 'changes-outside-window',
        title: 'Outside the planned time',
        share: shareOf(timed, (each) => each.kept === 'outside'),
      },
    ],
    times: [
      timeOf('change-lead-time', 'From first record to closed', history, period),
      timeOf('change-approval-wait', 'Waiting for approval', history, period),
      timeOf('change-implementation-time', 'Being carried out', history, period),
    ],
  }
}

function timeOf(id: string, title: string, history: MetricFacts, span: TimeSpan): ChangeTime {
  const figure = metricOf(id)?.measure(history, { span, scope: {} })
  const seconds = (hours: number | null | undefined): Seconds | null => (hours == null ? null : hours * 3600)
  return {
    kpi: id,
    title,
    n: figure?.n ?? 0,
    mean: seconds(figure?.value),
    median: seconds(figure?.median),
    p90: seconds(figure?.p90),
  }
}
