import { kpi } from './kpi.ts'
import { type Clock, type ClockTally, countedClocks, tallyClocks } from './kpi-sla.ts'
import {
  countFigure,
  type Figure,
  type Metric,
  type MetricFacts,
  nothing,
  type Scope,
  scopeKeys,
  shareFigure,
} from './metric.ts'
import { textAt, textsAt } from './record.ts'
import type { RecordFacts } from './report.ts'

function isClockInScope({ record: { data }, reading }: Clock, { priority, service, team }: Scope): boolean {
  return (
    (service === undefined || [...textsAt(data, 'service'), ...textsAt(data, 'services')].includes(service)) &&
    (team === undefined || textAt(data, 'team') === team) &&
    (priority === undefined || priority === reading.priority)
  )
}

const known = new WeakMap<readonly RecordFacts[], readonly Clock[]>()

function clocksOf(records: readonly RecordFacts[]): readonly Clock[] {
  const clocks = known.get(records) ?? countedClocks(records)
  known.set(records, clocks)
  return clocks
}

type Source = (facts: MetricFacts) => readonly Clock[]

const ofIncidents: Source = ({ incidents }) => clocksOf(incidents)
const ofAll: Source = ({ incidents, clocked }) => [...clocksOf(incidents), ...clocksOf(clocked)]

function ofType(type: string): Source {
  return ({ clocked }) => clocksOf(clocked).filter(({ record }) => record.type === type)
}

function metric(
  text: Omit<Metric, 'scopes' | 'measure'>,
  source: Source,
  figure: (tally: ClockTally) => Figure,
): Metric {
  return {
    ...text,
    scopes: scopeKeys,
    measure: (facts, { span, scope }) => {
      if (span.until <= facts.since) return nothing
      return figure(
        tallyClocks(
          source(facts).filter((clock) => isClockInScope(clock, scope)),
          span,
        ),
      )
    },
  }
}

const met = 'Clocks met, of those that stopped in the period met or breached'

function metBy(type: string): Metric {
  const text = {
    id: `${type}-targets-met`,
    title: `Targets met for ${type}s`,
    unit: 'share',
    better: 'up',
    formula: `${met}, of ${type}s that were not filed after the fact.`,
  } as const
  return metric(text, ofType(type), ({ compliance }) => shareFigure(compliance))
}

/** The figures of SLA, OLA and contract clocks together; a scope restricts them. */
export const slaMetrics: readonly Metric[] = [
  metric({ ...kpi('sla-compliance'), title: 'Targets met for incidents' }, ofIncidents, ({ compliance }) =>
    shareFigure(compliance),
  ),
  metric(kpi('near-misses'), ofIncidents, ({ nearMisses }) => countFigure(nearMisses.length)),
  metric(kpi('sla-breached-open'), ofIncidents, ({ overdue }) => countFigure(overdue.length)),
  metric(kpi('at-risk'), ofIncidents, ({ atRisk }) => countFigure(atRisk.length)),
  metBy('request'),
  metBy('problem'),
  metBy('change'),
  metric(
    {
      id: 'retrospective-targets-met',
      title: 'Targets met by records filed after the fact',
      unit: 'share',
      better: 'none',
      formula: `${met}, of records of any type that the commit which brought them also finished. No other figure of targets met contains them.`,
    },
    ofAll,
    ({ retrospective }) => shareFigure(retrospective),
  ),
]
