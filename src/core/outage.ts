import { type Instant, parseInstant } from './instant.ts'
import { countedIncidents, valueIn } from './kpi-life.ts'
import { isData, listAt, textAt } from './record.ts'
import type { IncidentFacts } from './report.ts'
import { joined, type TimeSpan } from './time-span.ts'

/** What the outages of a service can be restricted to: the incidents that tell of them. */
export interface OutageScope {
  readonly team?: string
  readonly priority?: string
}

/**
 * When each service was down, as the incidents tell by `outage`, in order; what several incidents tell of one outage
 * counts once. An outage without an end lasts until the as-of instant.
 */
export function outagesByService(
  incidents: readonly IncidentFacts[],
  asOf: Instant,
  scope: OutageScope = {},
): ReadonlyMap<string, readonly TimeSpan[]> {
  const found = new Map<string, TimeSpan[]>()
  for (const { data } of countedIncidents(incidents)) {
    if (scope.team !== undefined && valueIn('team', data) !== scope.team) continue
    if (scope.priority !== undefined && valueIn('priority', data) !== scope.priority) continue
    for (const outage of listAt(data, 'outage').filter(isData)) {
      const service = textAt(outage, 'service') ?? textAt(data, 'service')
      const from = parseInstant(textAt(outage, 'from') ?? '')
      const until = Math.min(parseInstant(textAt(outage, 'to') ?? '') ?? asOf, asOf)
      if (service === undefined || from === undefined || until <= from) continue
      const spans = found.get(service)
      if (spans) spans.push({ from, until })
      else found.set(service, [{ from, until }])
    }
  }
  return new Map([...found].map(([service, spans]) => [service, joined(spans)]))
}
