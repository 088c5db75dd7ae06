import type { Seconds } from './instant.ts'
import type { Share } from './kpi-figure.ts'
import { type Figure, type MetricFacts, shareIn } from './metric.ts'
import { kpiOf } from './metric-catalogue.ts'
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
export function changeFigures(history: MetricFacts, span: TimeSpan): ChangeFigures {
  const measure = (id: string): Figure => kpiOf(id).measure(history, { span, scope: {} })
  const share = (kpi: string, title: string): ChangeShare => ({ kpi, title, share: shareIn(measure(kpi)) })
  const time = (kpi: string, title: string): ChangeTime => {
    const { value, n, median, p90 } = measure(kpi)
    return { kpi, title, n, mean: seconds(value), median: seconds(median), p90: seconds(p90) }
  }
  return {
    outcomes: [
      share('change-success', 'Successful'),
      share('changes-with-issues', 'Successful with issues'),
      share('change-failure', 'Failed'),
    ],
    types: [
      share('standard-changes', 'Standard'),
      share('normal-changes', 'Normal'),
      share('emergency-changes', 'Emergency'),
    ],
    scheduled: [share('conflict-waivers', 'Scheduled with a waived conflict')],
    started: [
      share('unauthorised-changes', 'Unauthorised'),
      share('harmful-changes', 'Named as the cause of an incident'),
    ],
    ended: [
      share('changes-without-window', 'No planned time'),
      share('changes-outside-window', 'Outside the planned time'),
    ],
    times: [
      time('change-lead-time', 'From the start to closed'),
      time('change-approval-wait', 'Waiting for approval'),
      time('change-implementation-time', 'Being carried out'),
    ],
  }
}

function seconds(hours: number | null): Seconds | null {
  return hours === null ? null : hours * 3600
}
