import { incidentsOf, type PeriodIncidents, type RepeatJudgement, repeatJudgements } from './kpi-incident.ts'
import { countedIncidents, type Life } from './kpi-life.ts'
import {
  type Asked,
  type Figure,
  type Metric,
  type MetricFacts,
  nothing,
  type Scope,
  type ScopeKey,
  scopeKeys,
} from './metric.ts'
import { oncePerSpan, type Population, populationOf, valuesIn } from './metric-population.ts'
import type { TimeSpan } from './time-span.ts'

/** What happened to incidents in a stretch of time, to be had by what they belong to at its end. */
interface SpanIncidents {
  readonly all: PeriodIncidents<TimeSpan>
  within(scope: Scope): PeriodIncidents<TimeSpan>
}

/** What happened to incidents in a stretch of time; looked up once for all figures of the same facts. */
export const spanIncidents: (facts: MetricFacts, span: TimeSpan) => SpanIncidents = oncePerSpan(
  (facts: MetricFacts, span: TimeSpan): SpanIncidents => {
    const all = incidentsOf(countedIncidents(facts.incidents), span, facts)
    const list = (lives: readonly Life[]) => populationOf(lives, belonging)
    const [opened, resolved, acknowledged] = [list(all.opened), list(all.resolved), list(all.acknowledged)]
    const [open, ever] = [list(all.open), list(all.all)]
    return {
      all,
      within: (scope) => ({
        ...all,
        opened: opened.within(scope),
        resolved: resolved.within(scope),
        acknowledged: acknowledged.within(scope),
        open: open.within(scope),
        all: ever.within(scope),
      }),
    }
  },
)

/** The incidents opened in a stretch of time that can be compared with earlier ones, judged. */
export const judgedRepeats: (facts: MetricFacts, span: TimeSpan) => Population<RepeatJudgement> = oncePerSpan(
  (facts, span) =>
    populationOf(repeatJudgements(spanIncidents(facts, span).all), (key, { life }) => belonging(key, life)),
)

function belonging(key: ScopeKey, { data }: Life): readonly string[] {
  return valuesIn(key, data)
}

/** A figure of incidents in words. */
export type IncidentText = Omit<Metric, 'scopes' | 'measure'>

/** A figure of the incidents of a stretch of time. */
export function incidentMetric(
  text: IncidentText,
  figure: (incidents: PeriodIncidents<TimeSpan>, facts: MetricFacts, asked: Asked) => Figure,
): Metric {
  return {
    ...text,
    scopes: scopeKeys,
    measure: (facts, asked) => {
      const incidents = spanIncidents(facts, asked.span)
      return incidents.all.coverage === 'none' ? nothing : figure(incidents.within(asked.scope), facts, asked)
    },
  }
}
