import { always } from './calendar.ts'
import type { Seconds } from './instant.ts'
import { type Asked, countFigure, type Figure, type Metric, type MetricFacts, nothing, timeFigure } from './metric.ts'
import { outagesByService } from './outage.ts'
import { isWithin } from './period.ts'
import { textAt } from './record.ts'
import { overlap, type TimeSpan } from './time-span.ts'

/** The outages of one service up to the as-of instant, and the stretch that is asked about. */
interface Service {
  readonly outages: readonly TimeSpan[]
  readonly span: TimeSpan
}

/** The operational services, or the one that is asked about, with their outages; none before the history begins. */
function servicesOf(facts: MetricFacts, { span, scope }: Asked): readonly Service[] {
  const known = { from: Math.max(span.from, facts.since), until: Math.min(span.until, facts.asOf) }
  if (known.until <= known.from) return []
  const outages = outagesByService(facts.incidents, facts.asOf, scope)
  return facts.services
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

const scopes = ['service', 'team', 'priority'] as const

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
        'Agreed service time less downtime, of the agreed service time, over the operational services; n counts services. The time agreed is that of the calendar where a KPI names one, else around the clock. Only time that the history covers counts.',
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
        'Time in the period that services were down, added up over services; what several incidents tell of one outage counts once. n counts services. Within the hours of the calendar where a KPI names one.',
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
      formula: 'Outages of a service that began in the period; what several incidents tell of one outage counts once.',
    },
    (services) =>
      countFigure(services.flatMap(({ outages, span }) => outages.filter(({ from }) => isWithin(span, from))).length),
  ),
  metric(
    {
      id: 'mtrs',
      title: 'Time to restore service',
      unit: 'time',
      better: 'down',
      scopes,
      formula: 'Wall-clock length of the outages that ended in the period.',
    },
    (services) =>
      timeFigure(
        services.flatMap(({ outages, span }) =>
          outages.filter(({ until }) => isWithin(span, until)).map(({ from, until }) => until - from),
        ),
      ),
  ),
  metric(
    {
      id: 'mtbf',
      title: 'Time between failures',
      unit: 'time',
      better: 'up',
      scopes,
      formula:
        'Wall-clock time from the end of an outage to the beginning of the next of the same service, for those that began in the period.',
    },
    (services) =>
      timeFigure(
        services.flatMap(({ outages, span }) =>
          outages.flatMap(({ from }, index) => {
            const before = outages[index - 1]
            return before && isWithin(span, from) ? from - before.until : []
          }),
        ),
      ),
  ),
]
