import { repeatDays } from './kpi-incident.ts'
import { nearMissPercent } from './kpi-sla.ts'

/** The key performance indicators that the reports compute. */
export type KpiId =
  | 'opened'
  | 'resolved'
  | 'backlog'
  | 'backlog-age'
  | 'mttr'
  | 'mtta'
  | 'reopen-rate'
  | 'first-assignment'
  | 'reassignments'
  | 'repeat-incidents'
  | 'hold-time'
  | 'sla-compliance'
  | 'near-misses'
  | 'sla-breached-open'
  | 'at-risk'

/** What a figure measures. The formulas follow reference definitions of the field; where they leave a choice, it is said. */
export interface Kpi {
  readonly id: KpiId
  readonly title: string
  readonly unit: 'count' | 'share' | 'time' | 'score'
  /** Which way is better; `none` where neither is. */
  readonly better: 'up' | 'down' | 'none'
  /** Formula and population in words, as printed below the tables. */
  readonly formula: string
}

/** The indicators, in the order in which they are explained. */
export const kpis: readonly Kpi[] = [
  {
    id: 'opened',
    title: 'Incidents opened',
    unit: 'count',
    better: 'none',
    formula: 'Incidents whose start lies in the period: the earlier of opened_at and their first record.',
  },
  {
    id: 'resolved',
    title: 'Incidents resolved',
    unit: 'count',
    better: 'none',
    formula: 'Incidents that were resolved or closed in the period and still so at its end.',
  },
  {
    id: 'backlog',
    title: 'Open at the end',
    unit: 'count',
    better: 'down',
    formula: 'Incidents opened before the end of the period and not resolved by then.',
  },
  {
    id: 'backlog-age',
    title: 'Age of open incidents',
    unit: 'time',
    better: 'down',
    formula: 'Wall-clock time from start to the end of the period, of the incidents in backlog; days have 24 hours.',
  },
  {
    id: 'mttr',
    title: 'Time to resolve',
    unit: 'time',
    better: 'down',
    formula: 'Wall-clock time from start to resolution, of the incidents in resolved.',
  },
  {
    id: 'mtta',
    title: 'Time to acknowledge',
    unit: 'time',
    better: 'down',
    formula: 'Wall-clock time from start until an incident first left new, of those that did so in the period.',
  },
  {
    id: 'reopen-rate',
    title: 'Reopened',
    unit: 'share',
    better: 'down',
    formula: 'Of the incidents in resolved, those that had been resolved before and opened again.',
  },
  {
    id: 'first-assignment',
    title: 'Resolved by the first team',
    unit: 'share',
    better: 'up',
    formula:
      'Of the incidents in resolved, those whose team was never replaced by another. From no team to the first is no replacement; a team that stands for nobody, such as unassigned in an import, counts as a team.',
  },
  {
    id: 'reassignments',
    title: 'Reassignments',
    unit: 'count',
    better: 'down',
    formula:
      'How often one team was replaced by another, over the incidents in resolved. From no team to the first counts as none; a team that stands for nobody, such as unassigned in an import, counts as a team.',
  },
  {
    id: 'repeat-incidents',
    title: 'Repeat incidents',
    unit: 'share',
    better: 'down',
    formula: `Of the incidents in opened that name their CIs, those that share service, CIs and category with one resolved in the ${repeatDays} days before.`,
  },
  {
    id: 'hold-time',
    title: 'Waiting time',
    unit: 'time',
    better: 'down',
    formula: 'Wall-clock time within the period that incidents stood in on_hold, by hold_reason, added up.',
  },
  {
    id: 'sla-compliance',
    title: 'Targets met',
    unit: 'share',
    better: 'up',
    formula:
      'Clocks met, of the clocks that stopped in the period met or breached. Running and cancelled clocks are left out; records filed after the fact are shown apart.',
  },
  {
    id: 'near-misses',
    title: 'Near misses',
    unit: 'count',
    better: 'down',
    formula: `Clocks met in the period with at least ${nearMissPercent} % of the target used.`,
  },
  {
    id: 'sla-breached-open',
    title: 'Breached and still open',
    unit: 'count',
    better: 'down',
    formula: 'Clocks beyond their target that had not stopped at the as-of instant.',
  },
  {
    id: 'at-risk',
    title: 'At risk',
    unit: 'count',
    better: 'down',
    formula: 'Clocks within their target that had not stopped and had passed the at-risk mark of their SLA.',
  },
]

/** One of the indicators. */
export function kpi(id: KpiId): Kpi {
  const found = kpis.find((each) => each.id === id)
  if (!found) throw new RangeError(`there is no KPI ${id}`)
  return found
}

/** The indicators of a page, in the order of the catalogue. */
export function kpisOf(ids: readonly KpiId[]): readonly Kpi[] {
  return kpis.filter(({ id }) => ids.includes(id))
}
