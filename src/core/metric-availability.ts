import { always } from './calendar.ts'
import type { Seconds } from './instant.ts'
import { type Asked, countFigure, type Metric, nothing } from './metric.ts'
import { outageMetric, outageScopes, type ServiceOutages, toldText } from './metric-outage-population.ts'
import { isWithin } from './period.ts'
import { overlap } from './time-span.ts'

function downtime({ outages, span }: ServiceOutages, { calendar = always }: Asked): Seconds {
  return outages.reduce((sum, outage) => {
    const shared = overlap(outage, span)
    return shared ? sum + calendar.elapsed(shared.from, shared.until) : sum
  }, 0)
}

/** The figures of how long services were down. */
export const availabilityMetrics: readonly Metric[] = [
  outageMetric(
    {
      id: 'availability',
      title: 'Availability',
      unit: 'share',
      better: 'up',
      hours: true,
      scopes: ['service'],
      formula:
        'Agreed service time less downtime, of the agreed service time, over the operational services. The time agreed is that of the calendar where a KPI names one, else around the clock. Only time that the history covers counts.',
      population: `n counts services. ${toldText} Planned maintenance is downtime where an incident tells of it.`,
      source: 'itsm.tools: 100 h agreed and 2 h down are 98 %',
    },
    (services, asked) => {
      const { calendar = always } = asked
      const agreed = services.reduce((sum, { span }) => sum + calendar.elapsed(span.from, span.until), 0)
      const down = services.reduce((sum, service) => sum + downtime(service, asked), 0)
      return agreed === 0 ? nothing : { ...nothing, value: (100 * (agreed - down)) / agreed, n: services.length }
    },
  ),
  outageMetric(
    {
      id: 'downtime',
      title: 'Downtime',
      unit: 'time',
      better: 'down',
      hours: true,
      scopes: outageScopes,
      formula:
        'Time in the period that services were down, added up over services. Within the hours of the calendar where a KPI names one.',
      population: `n counts services. ${toldText} Of an outage that crosses the period, what lies in it counts.`,
      source: 'itsm.tools, downtime within agreed service time',
    },
    (services, asked) => ({
      ...nothing,
      value: services.reduce((sum, service) => sum + downtime(service, asked), 0) / 3600,
      n: services.length,
    }),
  ),
  outageMetric(
    {
      id: 'outages',
      title: 'Outages',
      unit: 'count',
      better: 'down',
      scopes: outageScopes,
      formula: 'Outages of a service that began in the period.',
      population: `n counts outages. ${toldText}`,
      source: 'ITIL, number of failures',
    },
    (services) =>
      countFigure(services.flatMap(({ outages, span }) => outages.filter(({ from }) => isWithin(span, from))).length),
  ),
]
