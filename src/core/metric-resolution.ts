import { kpi } from './kpi.ts'
import { shareOf } from './kpi-figure.ts'
import { firstAssignment, reopened } from './kpi-incident.ts'
import { isResolved, type Life, timeToResolve } from './kpi-life.ts'
import { type Metric, type MetricFacts, nothing, scopeKeys, shareFigure, spreadFigure } from './metric.ts'
import { type IncidentText, incidentMetric, judgedRepeats, spanIncidents } from './metric-span-incidents.ts'
import { isFilled, textAt } from './record.ts'

/** A share of the incidents resolved in a stretch of time. */
function shareOfResolved(text: Omit<IncidentText, 'unit'>, holds: (life: Life, facts: MetricFacts) => boolean): Metric {
  return incidentMetric({ ...text, unit: 'share' }, ({ resolved }, facts) =>
    shareFigure(shareOf(resolved, (life) => holds(life, facts))),
  )
}

const resolvedText = 'n counts the incidents in resolved, whenever they were opened; cancelled ones are left out.'
const openedText = 'n counts the incidents in opened; cancelled ones are left out.'

/** The figures of how well incidents were resolved, and what they are linked to. */
export const resolutionMetrics: readonly Metric[] = [
  shareOfResolved(
    {
      id: 'first-contact-resolution',
      title: 'Resolved on first contact',
      better: 'up',
      formula:
        'Of the incidents in resolved, those that were only ever new or in progress until then, in the hands of one team and at most one person, and were resolved within the time that metrics.first_contact of gitsm.yaml gives, an hour if it does not.',
      population: resolvedText,
      source: 'ServiceNow, closed in the first call without a task; roastdev, resolved on first contact of logged',
    },
    isFirstContact,
  ),
  incidentMetric(kpi('first-assignment'), (incidents) => shareFigure(firstAssignment(incidents))),
  incidentMetric(kpi('reassignments'), ({ resolved }) => ({
    ...nothing,
    value: resolved.length === 0 ? null : resolved.reduce((sum, { reassignments }) => sum + reassignments, 0),
    n: resolved.length,
  })),
  incidentMetric(kpi('reopen-rate'), (incidents) => shareFigure(reopened(incidents))),
  {
    ...kpi('repeat-incidents'),
    scopes: scopeKeys,
    measure: (facts, { span, scope }) =>
      spanIncidents(facts, span).all.coverage === 'none'
        ? nothing
        : shareFigure(shareOf(judgedRepeats(facts, span).within(scope), ({ isRepeat }) => isRepeat)),
  },
  shareOfResolved(
    {
      id: 'resolved-with-knowledge',
      title: 'Resolved with an article',
      better: 'up',
      formula: 'Of the incidents in resolved, those that name an article under knowledge.',
      population: resolvedText,
      source: 'ServiceNow Benchmarks, percentage of incidents resolved using knowledge',
    },
    ({ data }) => isFilled(data['knowledge']),
  ),
  shareOfResolved(
    {
      id: 'resolved-with-problem',
      title: 'Resolved with a problem',
      better: 'none',
      formula: 'Of the incidents in resolved, those that name a problem.',
      population: resolvedText,
      source: 'ServiceNow Benchmarks, percentage of incidents resolved by a known problem',
    },
    ({ data }) => isFilled(data['problem']),
  ),
  incidentMetric(
    {
      id: 'change-caused-incidents',
      title: 'Incidents caused by changes',
      unit: 'share',
      better: 'down',
      formula: 'Of the incidents in opened, those that name the change that caused them under caused_by.',
      population: openedText,
      source: 'GitSM; harmful-changes is the same seen from the changes',
    },
    ({ opened }) => shareFigure(shareOf(opened, ({ data }) => isFilled(data['caused_by']))),
  ),
  incidentMetric(
    {
      id: 'retrospective-incidents',
      title: 'Incidents filed after the fact',
      unit: 'share',
      better: 'down',
      formula: 'Of the incidents in opened, those that the commit which brought them also resolved or closed.',
      population: openedText,
      source: 'GitSM',
    },
    ({ opened }) => shareFigure(shareOf(opened, ({ retrospective }) => retrospective)),
  ),
  incidentMetric(
    {
      id: 'satisfaction',
      title: 'Satisfaction with the handling of incidents',
      unit: 'score',
      better: 'up',
      formula: 'Mean score from 1 to 5 of the incidents in resolved that have one.',
      population: 'n counts the incidents in resolved with a score; satisfaction-response says of how many.',
      source: 'ServiceNow, customer satisfaction (CSAT)',
    },
    ({ resolved }) => spreadFigure(resolved.flatMap(scoreOf)),
  ),
  shareOfResolved(
    {
      id: 'satisfaction-response',
      title: 'Incidents whose reporter gave a score',
      better: 'none',
      formula: 'Of the incidents in resolved, those that have a satisfaction score.',
      population: resolvedText,
      source: 'ServiceNow, survey response rate; stands beside satisfaction',
    },
    (life) => scoreOf(life).length > 0,
  ),
]

function scoreOf({ data: { satisfaction } }: Life): readonly number[] {
  return typeof satisfaction === 'number' ? [satisfaction] : []
}

function isFirstContact(life: Life, { settings }: MetricFacts): boolean {
  const { resolvedAt, reassignments, reopens, incident } = life
  const took = timeToResolve(life)
  if (resolvedAt === null || took === undefined || took > settings.firstContact || reassignments + reopens > 0)
    return false
  const lived = incident.moments.filter(({ recorded }) => recorded <= resolvedAt)
  const handlers = new Set(lived.map(({ data }) => textAt(data, 'assignee')).filter(isFilled))
  return handlers.size <= 1 && lived.every(({ state }) => direct.has(state) || isResolved(state))
}

const direct: ReadonlySet<string> = new Set(['new', 'in_progress'])
