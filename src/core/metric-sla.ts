import { kpi } from './kpi.ts'
import { type Clock, type ClockTally, clocksOf, tallyClocks } from './kpi-sla.ts'
import { countFigure, type Figure, type Metric, nothing, type ScopeKey, scopeKeys, shareFigure } from './metric.ts'
import { oncePerFacts, type Population, populationOf, valuesIn } from './metric-population.ts'

/** Some of the clocks, put in order once for the same facts. */
function clocksWhere(holds: (clock: Clock) => boolean) {
  return oncePerFacts((facts): Population<Clock> => populationOf(clocksOf(facts).filter(holds), belonging))
}

/** A clock belongs to the priority that it was measured by, and otherwise to what its record belongs to. */
function belonging(key: ScopeKey, { record, reading }: Clock): readonly string[] {
  return key === 'priority' ? [reading.priority] : valuesIn(key, record.data)
}

type Clocks = ReturnType<typeof clocksWhere>

const everyClock = clocksWhere(() => true)

function metric(
  text: Omit<Metric, 'scopes' | 'measure'>,
  clocks: Clocks,
  figure: (tally: ClockTally) => Figure,
): Metric {
  return {
    ...text,
    scopes: scopeKeys,
    measure: (facts, { span, scope }) =>
      span.until <= facts.since ? nothing : figure(tallyClocks(clocks(facts).within(scope), span)),
  }
}

const met = 'Clocks met, of those that stopped in the period met or breached'
const source = 'ServiceNow, percentage resolved within SLA; counted clock by clock, without those that still run'
const population =
  'n counts the clocks that stopped in the period. Running and cancelled ones, those of cancelled records and those of records filed after the fact are left out.'

/** The targets met by records of a type. */
function metBy(type: string): Metric {
  return metric(
    {
      id: `${type}-targets-met`,
      title: `Targets met for ${type}s`,
      unit: 'share',
      better: 'up',
      formula: `${met}, of ${type}s.`,
      population,
      source,
    },
    clocksWhere(({ record }) => record.type === type),
    ({ compliance }) => shareFigure(compliance),
  )
}

/** The targets met that agreements call by a name. */
function metOf(target: string, what: string): Metric {
  return metric(
    {
      id: `${target}-targets-met`,
      title: `Targets met for ${what}`,
      unit: 'share',
      better: 'up',
      formula: `${met}, of the targets that SLAs, OLAs and contracts call ${target}.`,
      population,
      source,
    },
    clocksWhere(({ reading }) => reading.target === target),
    ({ compliance }) => shareFigure(compliance),
  )
}

/** The figures of SLA clocks. The priority is the clock's own; the other scopes are those of the record. */
export const slaMetrics: readonly Metric[] = [
  metric(kpi('sla-compliance'), everyClock, ({ compliance }) => shareFigure(compliance)),
  metOf('response', 'responses'),
  metOf('resolution', 'resolutions'),
  metBy('incident'),
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
      population: 'n counts the clocks of such records that stopped in the period.',
      source: 'GitSM: nobody watched these lives, so that their clocks measure the filing',
    },
    everyClock,
    ({ retrospective }) => shareFigure(retrospective),
  ),
  metric(kpi('near-misses'), everyClock, ({ nearMisses }) => countFigure(nearMisses.length)),
  metric(kpi('sla-breached-open'), everyClock, ({ overdue }) => countFigure(overdue.length)),
  metric(kpi('at-risk'), everyClock, ({ atRisk }) => countFigure(atRisk.length)),
]
