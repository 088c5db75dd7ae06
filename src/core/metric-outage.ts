import { parseInstant, type Seconds } from './instant.ts'
import { type Metric, type MetricFacts, nothing, timeFigure } from './metric.ts'
import { outageMetric, outageScopes, telling, toldText } from './metric-outage-population.ts'
import { outagesOf } from './outage.ts'
import { isWithin } from './period.ts'
import { textAt } from './record.ts'
import type { IncidentFacts } from './report.ts'
import type { TimeSpan } from './time-span.ts'

/** How long incidents took to be noticed, as far as they tell when it went wrong and when that was seen. */
function detectionTimes(incident: IncidentFacts, { asOf }: MetricFacts, span: TimeSpan): readonly Seconds[] {
  const [first] = outagesOf(incident, asOf).toSorted((a, b) => a.from - b.from)
  const detected = parseInstant(textAt(incident.data, 'detected_at') ?? '')
  if (!first || detected === undefined || detected > asOf || !isWithin(span, first.from)) return []
  return [Math.max(0, detected - first.from)]
}

/** The figures of how outages begin and end. */
export const outageMetrics: readonly Metric[] = [
  {
    id: 'mttd',
    title: 'Time to detect',
    unit: 'time',
    better: 'down',
    scopes: outageScopes,
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
  outageMetric(
    {
      id: 'mtrs',
      title: 'Time to restore service',
      unit: 'time',
      better: 'down',
      scopes: outageScopes,
      formula: 'Wall-clock length of the outages that ended in the period.',
      population: `n counts outages. ${toldText} One that lasts is not counted yet.`,
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
  return outageMetric(
    {
      ...text,
      unit: 'time',
      better: 'up',
      scopes: outageScopes,
      population: `n counts the outages that began in the period after another one of their service. ${toldText}`,
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
