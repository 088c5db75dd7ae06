import { countedIncidents } from './kpi-life.ts'
import { type Asked, type Figure, type Metric, type MetricFacts, nothing, type Scope, type ScopeKey } from './metric.ts'
import { oncePerFacts, type Population, populationOf, valuesIn } from './metric-population.ts'
import { isInOperation, isToldBy, outagesByService, outagesOf } from './outage.ts'
import type { IncidentFacts } from './report.ts'
import type { TimeSpan } from './time-span.ts'

/** The outages of one service up to the as-of instant, and the stretch that is asked about. */
export interface ServiceOutages {
  readonly outages: readonly TimeSpan[]
  readonly span: TimeSpan
}

/** The incidents that tell of an outage. */
export const telling: (facts: MetricFacts) => Population<IncidentFacts> = oncePerFacts(({ incidents, asOf }) =>
  populationOf(
    countedIncidents(incidents).filter((incident) => outagesOf(incident, asOf).length > 0),
    (key, { data }) => valuesIn(key, data),
  ),
)

const everyOutage = oncePerFacts((facts) => outagesByService(telling(facts).all, facts.asOf))

/** The outages that the incidents under a scope tell of, of any service. */
function outagesIn(facts: MetricFacts, { service: _, ...scope }: Scope): ReadonlyMap<string, readonly TimeSpan[]> {
  return Object.keys(scope).length === 0
    ? everyOutage(facts)
    : outagesByService(telling(facts).within(scope), facts.asOf)
}

/**
 * The services in operation, or the one of them that is asked about, with their outages; none before the history begins,
 * and none before the first outage that any incident tells of: until then nobody can know that there was none. Asked for
 * a team, a priority or an item, only those that such incidents tell an outage of.
 */
function servicesOf(facts: MetricFacts, { span, scope }: Asked): readonly ServiceOutages[] {
  const known = { from: Math.max(span.from, facts.since), until: Math.min(span.until, facts.asOf) }
  if (known.until <= known.from || !isToldBy(everyOutage(facts), known.until)) return []
  const outages = outagesIn(facts, scope)
  const isNarrow = [scope.team, scope.priority, scope.ci].some((each) => each !== undefined)
  return facts.services
    .filter(({ id }) => !isNarrow || outages.has(id))
    .filter(({ id, data }) => isInOperation(data) && id === (scope.service ?? id))
    .map(({ id }) => ({ outages: outages.get(id) ?? [], span: known }))
}

/** A figure of outages in words. */
export type OutageText = Omit<Metric, 'measure'>

/** A figure of the outages of services. */
export function outageMetric(
  text: OutageText,
  figure: (services: readonly ServiceOutages[], asked: Asked) => Figure,
): Metric {
  return {
    ...text,
    measure: (facts, asked) => {
      const services = servicesOf(facts, asked)
      return services.length === 0 ? nothing : figure(services, asked)
    },
  }
}

/** What figures of outages can be restricted to. */
export const outageScopes: readonly ScopeKey[] = ['service', 'team', 'priority', 'ci']
/** What counts as an outage, and of which services. */
export const toldText =
  'Outages are what incidents tell under outage, whatever their state but cancelled; one that several tell of counts once. Services that are not operational now are left out, also where one is asked for; by team, priority or item, those that such incidents tell no outage of. For a period that ends before the first outage there is no data.'
