import { always } from './calendar.ts'
import { parseInstant, type Seconds } from './instant.ts'
import { countedIncidents } from './kpi-life.ts'
import {
  type Asked,
  countFigure,
  type Figure,
  type Metric,
  type MetricFacts,
  nothing,
  type Scope,
  timeFigure,
} from './metric.ts'
import { oncePerFacts, populationOf, valuesIn } from './metric-population.ts'
import { outagesByService, outagesOf } from './outage.ts'
import { isWithin } from './period.ts'
import { textAt } from './record.ts'
import type { IncidentFacts } from './report.ts'
import { overlap, type TimeSpan } from './time-span.ts'

/** The outages of one service up to the as-of instant, and the stretch that is asked about. */
interface Service {
  readonly outages: readonly TimeSpan[]
  readonly span: TimeSpan
}

const telling = oncePerFacts(({ incidents, asOf }) =>
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
 * The operational services, or the one that is asked about, with their outages; none before the history begins. Asked
 * for a team, a priority or an item, only those that such incidents tell an outage of.
 */
function servicesOf(facts: MetricFacts, { span, scope }: Asked): readonly Service[] {
  const known = { from: Math.max(span.from, facts.since), until: Math.min(span.until, facts.asOf) }
  if (known.until <= known.from) return []
  const outages = outagesIn(facts, scope)
  const isNarrow = [scope.team, scope.priority, scope.ci].some((each) => each !== undefined)
  return facts.services
    .filter(({ id }) => !isNarrow || outages.has(id))
    .filter(({ id, data }) =>
      scope.service === undefined ? textAt(data, 'state') === 'operational' : id === scope.service,
    )
    .map(({ id }) => ({ outages: outages.get(id) ?? [], span: known }))
}

function downtime({ outages, span }: Service, { calendar = always }: Asked): Seconds {
  return outages.reduce((sum, outage) => {
    const shared = overlap(outage, span)
    return shared ? sum + calendar.elapsed(shared.from, shared.until) : sum
  }, 0)
}

type Text = Omit<Metric, 'measure'>

function metric(text: Text, figure: (services: readonly Service[], asked: Asked) => Figure): Metric {
  return {
    ...text,
    measure: (facts, asked) => {
      const services = servicesOf(facts, asked)
      return services.length === 0 ? nothing : figure(services, asked)
    },
  }
}

const scopes = ['service', 'team', 'priority', 'ci'] as const
const told =
  'Outages are what incidents tell under outage, whatever their state but cancelled; one that several tell of counts once. Services that are not operational now are left out unless one is asked for; by team, priority or item, those that such incidents tell no outage of.'

/** How long incidents took to be noticed, as far as they tell when it went wrong and when that was seen. */
function detectionTimes(incident: IncidentFacts, { asOf }: MetricFacts, span: TimeSpan): readonly Seconds[] {
  const [first] = outagesOf(incident, asOf).toSorted((a, b) => a.from - b.from)
  const detected = parseInstant(textAt(incident.data, 'detected_at') ?? '')
  if (!first || detected === undefined || detected > asOf || !isWithin(span, first.from)) return []
  return [Math.max(0, detected - first.from)]
}

/** The figures of outages, as the incidents tell them by `outage`. */
export const availabilityMetrics: readonly Metric[] = [
  metric(
    {
      id: 'availability',
      title: 'Availability',
      unit: 'share',
      better: 'up',
      hours: true,
      scopes: ['service'],
      formula:
        'Agreed service time less downtime, of the agreed service time, over the operational services. The time agreed is that of the calendar where a KPI names one, else around the clock. Only time that the history covers counts.',
      population: `n counts services. ${told} Planned maintenance is downtime where an incident tells of it.`,
      source: 'itsm.tools: 100 h agreed and 2 h down are 98 %',
    },
    (services, asked) => {
      const { calendar = always } = asked
      const agreed = services.reduce((sum, { span }) => sum + calendar.elapsed(span.from, span.until), 0)
      const down = services.reduce((sum, service) => sum + downtime(service, asked), 0)
      return agreed === 0 ? nothing : { ...nothing, value: (100 * (agreed - down)) / agreed, n: services.length }
    },
  ),
  metric(
    {
      id: 'downtime',
      title: 'Downtime',
      unit: 'time',
      better: 'down',
      hours: true,
      scopes,
      formula:
        'Time in the period that services were down, added up over services. Within the hours of the calendar where a KPI names one.',
      population: `n counts services. ${told} Of an outage that crosses the period, what lies in it counts.`,
      source: 'itsm.tools, downtime within agreed service time',
    },
    (services, asked) => ({
      ...nothing,
      value: services.reduce((sum, service) => sum + downtime(service, asked), 0) / 3600,
      n: services.length,
    }),
  ),
  metric(
    {
      id: 'outages',
      title: 'Outages',
      unit: 'count',
      better: 'down',
      scopes,
      formula: 'Outages of a service that began in the period.',
      population: `n counts outages. ${told}`,
      source: 'ITIL, number of failures',
    },
    (services) =>
      countFigure(services.flatMap(({ outages, span }) => outages.filter(({ from }) => isWithin(span, from))).length),
  ),
  {
    id: 'mttd',
    title: 'Time to detect',
    unit: 'time',
    better: 'down',
    scopes,
    formula:
      'Wall-clock time from the beginning of the first outage that an incident tells of until its detected_at, of the outages that began in the period; detected earlier counts as at once.',
    population: 'n counts the incidents that tell of an outage and when it was detected; cancelled ones are left out.',
    source: 'ITIL expanded incident lifecycle, detection time',
    measure: (facts, { span, scope }) =>
      span.until <= facts.since
        ? nothing
        : timeFigure(
            telling(facts)
              .within(scope)
              .flatMap((incident) => detectionTimes(incident, facts, span)),
          ),
  },
  metric(
    {
      id: 'mtrs',
      title: 'Time to restore service',
      unit: 'time',
      better: 'down',
      scopes,
      formula: 'Wall-clock length of the outages that ended in the period.',
      population: `n counts outages. ${told} One that lasts is not counted yet.`,
      source: 'ITIL expanded incident lifecycle (theartofservice.com)',
    },
    (services) =>
      timeFigure(
        services.flatMap(({ outages, span }) =>
          outages.filter(({ until }) => isWithin(span, until)).map(({ from, until }) => until - from),
        ),
      ),
  ),
  sinceLast(
    {
      id: 'mtbf',
      title: 'Time between failures',
      formula:
        'Wall-clock time from the end of an outage to the beginning of the next of the same service, for those that began in the period.',
      source: 'ITIL: from recovery to the next failure',
    },
    (before) => before.until,
  ),
  sinceLast(
    {
      id: 'mtbsi',
      title: 'Time between service incidents',
      formula:
        'Wall-clock time from the beginning of an outage to the beginning of the next of the same service, for those that began in the period: each time the service was down, and up again.',
      source: 'ITIL: time between failures and time to restore, added up',
    },
    (before) => before.from,
  ),
]

/** A figure of the time from one outage of a service to the next. */
function sinceLast(
  text: Pick<Metric, 'id' | 'title' | 'formula' | 'source'>,
  edge: (before: TimeSpan) => number,
): Metric {
  return metric(
    {
      ...text,
      unit: 'time',
      better: 'up',
      scopes,
      population: `n counts the outages that began in the period after another one of their service. ${told}`,
    },
    (services) =>
      timeFigure(
        services.flatMap(({ outages, span }) =>
          outages.flatMap(({ from }, index) => {
            const before = outages[index - 1]
            return before && isWithin(span, from) ? from - edge(before) : []
          }),
        ),
      ),
  )
}
