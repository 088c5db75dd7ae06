import { type Instant, parseInstant } from './instant.ts'
import { addTo } from './lists-by-key.ts'
import { type Data, isData, listAt, type RecordDoc, textAt } from './record.ts'
import { joined, type TimeSpan } from './time-span.ts'

/** An outage as one incident tells of it. */
export interface ToldOutage extends TimeSpan {
  readonly service: string
}

/** The outages that an incident tells of under `outage`; one without an end lasts until the as-of instant. */
export function outagesOf({ data }: Pick<RecordDoc, 'data'>, asOf: Instant): readonly ToldOutage[] {
  return listAt(data, 'outage')
    .filter(isData)
    .flatMap((outage) => {
      const service = textAt(outage, 'service') ?? textAt(data, 'service')
      const from = parseInstant(textAt(outage, 'from') ?? '')
      const until = Math.min(parseInstant(textAt(outage, 'to') ?? '') ?? asOf, asOf)
      return service === undefined || from === undefined || until <= from ? [] : [{ service, from, until }]
    })
}

/**
 * Whether some outage had begun before an instant. Until then nobody can say that nothing was down; one that came later
 * says nothing of the time before.
 */
export function isToldBy(outages: ReadonlyMap<string, readonly TimeSpan[]>, until: Instant): boolean {
  return [...outages.values()].some(([first]) => first !== undefined && first.from < until)
}

/** Whether a service is in operation: of any other nobody can say that it was available. */
export function isInOperation(service: Data): boolean {
  return textAt(service, 'state') === 'operational'
}

/** When each service was down, in order; what several incidents tell of one outage counts once. */
export function outagesByService(
  incidents: readonly Pick<RecordDoc, 'data'>[],
  asOf: Instant,
): ReadonlyMap<string, readonly TimeSpan[]> {
  const found = new Map<string, TimeSpan[]>()
  for (const incident of incidents) {
    for (const { service, from, until } of outagesOf(incident, asOf)) {
      addTo(found, service, { from, until })
    }
  }
  return new Map([...found].map(([service, spans]) => [service, joined(spans)]))
}
