import type { Seconds } from './instant.ts'
import { kpi } from './kpi.ts'
import { shareOf } from './kpi-figure.ts'
import {
  acknowledgeTimes,
  ageOf,
  firstAssignment,
  incidentsOf,
  type PeriodIncidents,
  reopened,
  repeatIncidents,
  resolveTimes,
  waiting,
} from './kpi-incident.ts'
import { countedIncidents, type Life, valueIn } from './kpi-life.ts'
import {
  type Asked,
  countFigure,
  type Figure,
  type Metric,
  type MetricFacts,
  nothing,
  type Scope,
  scopeKeys,
  shareFigure,
  spreadFigure,
  timeFigure,
} from './metric.ts'
import { isFilled } from './record.ts'
import type { TimeSpan } from './time-span.ts'

/** Whether an incident falls under a scope, as it stood at the end of the period. */
export function isInScope({ data }: Pick<Life, 'data'>, scope: Scope): boolean {
  return scopeKeys.every((key) => scope[key] === undefined || scope[key] === valueIn(key, data))
}

type Incidents = PeriodIncidents<TimeSpan>
type Text = Omit<Metric, 'scopes' | 'measure'>

const known = new WeakMap<MetricFacts, Map<string, Incidents>>()

/** What happened to incidents in a stretch of time; looked up once for all figures of the same facts. */
export function spanIncidents(facts: MetricFacts, span: TimeSpan): Incidents {
  const spans = known.get(facts) ?? new Map<string, Incidents>()
  known.set(facts, spans)
  const key = `${span.from} ${span.until}`
  const found = spans.get(key) ?? incidentsOf(countedIncidents(facts.incidents), span, facts)
  spans.set(key, found)
  return found
}

function inScope(figures: Incidents, scope: Scope): Incidents {
  const kept = (lives: readonly Life[]): readonly Life[] => lives.filter((life) => isInScope(life, scope))
  return {
    ...figures,
    opened: kept(figures.opened),
    resolved: kept(figures.resolved),
    acknowledged: kept(figures.acknowledged),
    open: kept(figures.open),
    all: kept(figures.all),
  }
}

function metric(text: Text, figure: (incidents: Incidents) => Figure): Metric {
  return {
    ...text,
    scopes: scopeKeys,
    measure: (facts: MetricFacts, { span, scope }: Asked) => {
      const incidents = spanIncidents(facts, span)
      return incidents.coverage === 'none' ? nothing : figure(inScope(incidents, scope))
    },
  }
}

/** The figures of incidents that need nothing but their lives. */
export const incidentMetrics: readonly Metric[] = [
  metric(kpi('opened'), ({ opened }) => countFigure(opened.length)),
  metric(kpi('resolved'), ({ resolved }) => countFigure(resolved.length)),
  metric(kpi('backlog'), ({ open }) => countFigure(open.length)),
  metric(kpi('backlog-age'), (incidents) => timeFigure(incidents.open.map((life) => ageOf(life, incidents)))),
  metric(kpi('mttr'), (incidents) => timeFigure(resolveTimes(incidents))),
  metric(kpi('mtta'), (incidents) => timeFigure(acknowledgeTimes(incidents))),
  metric(kpi('reopen-rate'), (incidents) => shareFigure(reopened(incidents))),
  metric(kpi('first-assignment'), (incidents) => shareFigure(firstAssignment(incidents))),
  metric(kpi('reassignments'), ({ resolved }) => ({
    ...nothing,
    value: resolved.length === 0 ? null : resolved.reduce((sum, { reassignments }) => sum + reassignments, 0),
    n: resolved.length,
  })),
  metric(kpi('repeat-incidents'), (incidents) => shareFigure(repeatIncidents(incidents).share)),
  metric(kpi('hold-time'), (incidents) => {
    const waits = waiting(incidents)
    const time = waits.reduce((sum, wait): Seconds => sum + wait.time, 0)
    return { ...nothing, value: waits.length === 0 ? null : time / 3600, n: waits.length === 0 ? 0 : waited(incidents) }
  }),
  metric(
    {
      id: 'resolved-with-knowledge',
      title: 'Resolved with an article',
      unit: 'share',
      better: 'up',
      formula: 'Of the incidents in resolved, those that name an article under knowledge.',
    },
    ({ resolved }) => shareFigure(shareOf(resolved, ({ data }) => isFilled(data['knowledge']))),
  ),
  metric(
    {
      id: 'resolved-with-problem',
      title: 'Resolved with a problem',
      unit: 'share',
      better: 'none',
      formula: 'Of the incidents in resolved, those that name a problem.',
    },
    ({ resolved }) => shareFigure(shareOf(resolved, ({ data }) => isFilled(data['problem']))),
  ),
  metric(
    {
      id: 'change-caused-incidents',
      title: 'Incidents caused by changes',
      unit: 'share',
      better: 'down',
      formula: 'Of the incidents in opened, those that name the change that caused them under caused_by.',
    },
    ({ opened }) => shareFigure(shareOf(opened, ({ data }) => isFilled(data['caused_by']))),
  ),
  metric(
    {
      id: 'retrospective-incidents',
      title: 'Incidents filed after the fact',
      unit: 'share',
      better: 'down',
      formula: 'Of the incidents in opened, those that the commit which brought them also resolved or closed.',
    },
    ({ opened }) => shareFigure(shareOf(opened, ({ retrospective }) => retrospective)),
  ),
  metric(
    {
      id: 'satisfaction',
      title: 'Satisfaction',
      unit: 'score',
      better: 'up',
      formula: 'Mean score from 1 to 5 of the incidents in resolved that have one.',
    },
    ({ resolved }) =>
      spreadFigure(
        resolved.flatMap(({ data: { satisfaction } }) => (typeof satisfaction === 'number' ? satisfaction : [])),
      ),
  ),
]

function waited({ all, period, end }: Incidents): number {
  return all.filter(({ holds }) => holds.some((hold) => Math.min(hold.until, end) > Math.max(hold.from, period.from)))
    .length
}
