import { metricOf } from './metric-catalogue.ts'

/** What a figure of the page on changes means. */
export interface ChangeKpi {
  readonly id: string
  readonly title: string
  readonly formula: string
}

/** The ids of the catalogue that the page prints, in the order in which they are explained. */
const ids = [
  'change-success',
  'changes-with-issues',
  'change-failure',
  'standard-changes',
  'normal-changes',
  'emergency-changes',
  'change-lead-time',
  'change-approval-wait',
  'change-implementation-time',
  'unauthorised-changes',
  'harmful-changes',
  'conflict-waivers',
  'changes-without-window',
  'changes-outside-window',
  'changes-carried-out',
  'deployment-frequency',
  'deployment-lead-time',
  'change-fail-rate',
  'failed-deployment-recovery-time',
  'deployment-rework-rate',
]

/** What the figures of the page on changes mean. */
export function changeKpis(): readonly ChangeKpi[] {
  return ids.flatMap((id) => metricOf(id) ?? []).map(({ id, title, formula }) => ({ id, title, formula }))
}
