import { repeatDays } from './kpi-incident.ts'
import { nearMissPercent } from './kpi-sla.ts'

/**
 * The key performance indicators that pages compute over their own lists; the catalogue takes them over as they are.
 */
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

/**
 * What a figure measures. The formulas follow reference definitions of the field; where they leave a choice, it is
 * said.
 */
export interface Kpi {
  readonly id: string
  readonly title: string
  readonly unit: 'count' | 'share' | 'time' | 'score' | 'ratio' | 'points' | 'frequency'
  /** Which way is better; `none` where neither is. */
  readonly better: 'up' | 'down' | 'none'
  /** The formula in words, as printed below the tables. */
  readonly formula: string
  /** Of what it is counted, and what `n` is: what is done with records that are open, cancelled or cross the period. */
  readonly population: string
  /** Where the definition comes from. */
  readonly source: string
}

/** The indicators, in the order in which they are explained. */
const kpis: readonly Kpi[] = [
  {
    id: 'opened',
    title: 'Incidents opened',
    unit: 'count',
    better: 'none',
    formula: 'Incidents whose start lies in the period: the earlier of opened_at and their first record.',
    population:
      'n counts the incidents. Cancelled ones are left out. One that was recorded later than it began counts by when it began, also where that is before the history.',
    source: 'ServiceNow, number of new records',
  },
  {
    id: 'resolved',
    title: 'Incidents resolved',
    unit: 'count',
    better: 'none',
    formula: 'Incidents that were resolved or closed in the period and still so at its end.',
    population:
      'n counts the incidents. One that was opened again before the end of the period is not among them; cancelled ones are left out.',
    source: 'ServiceNow Benchmarks: what was resolved in the period counts, not what was opened in it',
  },
  {
    id: 'backlog',
    title: 'Open at the end',
    unit: 'count',
    better: 'down',
    formula: 'Incidents opened before the end of the period and not resolved by then.',
    population:
      'n counts the incidents, whenever they were opened. Cancelled ones are left out. One that began before the end and was recorded after it counts.',
    source: 'ServiceNow, number of open records',
  },
  {
    id: 'backlog-age',
    title: 'Age of open incidents',
    unit: 'time',
    better: 'down',
    formula: 'Wall-clock time from start to the end of the period, of the incidents in backlog; days have 24 hours.',
    population: 'n counts the incidents in backlog.',
    source: 'ServiceNow, age of open records',
  },
  {
    id: 'mttr',
    title: 'Time to resolve',
    unit: 'time',
    better: 'down',
    formula: 'Wall-clock time from start to resolution, of the incidents in resolved.',
    population:
      'n counts the incidents in resolved, whenever they were opened; open ones count once they are resolved. One that was opened again is measured to its last resolution.',
    source: 'ServiceNow Benchmarks, average time to resolve an incident (creation to resolution)',
  },
  {
    id: 'mtta',
    title: 'Time to acknowledge',
    unit: 'time',
    better: 'down',
    formula: 'Wall-clock time from start until an incident first left new, of those that did so in the period.',
    population:
      'n counts the incidents first taken up in the period, whenever they were opened; those that still wait are not counted yet. Cancelled ones are left out.',
    source: 'Industry; iTop, time to own',
  },
  {
    id: 'reopen-rate',
    title: 'Reopened',
    unit: 'share',
    better: 'down',
    formula: 'Of the incidents in resolved, those that had been resolved before and opened again.',
    population: 'n counts the incidents in resolved.',
    source: 'ServiceNow Benchmarks, percentage of reopened incidents',
  },
  {
    id: 'first-assignment',
    title: 'Resolved by the first team',
    unit: 'share',
    better: 'up',
    formula:
      'Of the incidents in resolved, those whose team was never replaced by another. From no team to the first is no replacement; a team that stands for nobody, such as unassigned in an import, counts as a team.',
    population: 'n counts the incidents in resolved, retrospective ones among them.',
    source: 'ServiceNow Benchmarks, first assignment resolution',
  },
  {
    id: 'reassignments',
    title: 'Reassignments',
    unit: 'count',
    better: 'down',
    formula:
      'How often one team was replaced by another, over the incidents in resolved. From no team to the first counts as none; a team that stands for nobody, such as unassigned in an import, counts as a team.',
    population: 'n counts the incidents in resolved.',
    source: 'ServiceNow, reassignment count',
  },
  {
    id: 'repeat-incidents',
    title: 'Repeat incidents',
    unit: 'share',
    better: 'down',
    formula: `Of the incidents in opened that name their CIs, those that share service, CIs and category with one resolved in the ${repeatDays} days before.`,
    population:
      'n counts the incidents in opened that name CIs. The earlier one may have been resolved before the period, and by anybody.',
    source: "IT KPI library; the rule of what is alike is GitSM's",
  },
  {
    id: 'hold-time',
    title: 'Waiting time',
    unit: 'time',
    better: 'down',
    formula: 'Wall-clock time within the period that incidents stood in on_hold, by hold_reason, added up.',
    population:
      'n counts the incidents that waited within the period, open ones and those resolved since among them. Cancelled ones are left out.',
    source: 'GitSM',
  },
  {
    id: 'sla-compliance',
    title: 'Targets met',
    unit: 'share',
    better: 'up',
    formula:
      'Clocks met, of the clocks that stopped in the period met or breached. Running and cancelled clocks are left out; records filed after the fact are shown apart.',
    population:
      'n counts clocks, of records of any type, by when they stopped. Clocks of cancelled records are left out.',
    source: 'ServiceNow, percentage resolved within SLA; counted clock by clock, without those that still run',
  },
  {
    id: 'near-misses',
    title: 'Near misses',
    unit: 'count',
    better: 'down',
    formula: `Clocks met in the period with at least ${nearMissPercent} % of the target used.`,
    population: 'n counts clocks of records of any type; those of records filed after the fact are left out.',
    source: 'GitSM',
  },
  {
    id: 'sla-breached-open',
    title: 'Breached and still open',
    unit: 'count',
    better: 'down',
    formula: 'Clocks beyond their target that had not stopped at the as-of instant.',
    population: 'n counts clocks of records of any type, as they stand at the as-of instant: the period plays no part.',
    source: 'GitSM',
  },
  {
    id: 'at-risk',
    title: 'At risk',
    unit: 'count',
    better: 'down',
    formula: 'Clocks within their target that had not stopped and had passed the at-risk mark of their SLA.',
    population: 'n counts clocks of records of any type, as they stand at the as-of instant: the period plays no part.',
    source: 'iTop, threshold of 75 % unless the SLA says otherwise',
  },
]

/** One of the indicators. */
export function kpi(id: KpiId): Kpi {
  const found = kpis.find((each) => each.id === id)
  if (!found) throw new RangeError(`there is no KPI ${id}`)
  return found
}
