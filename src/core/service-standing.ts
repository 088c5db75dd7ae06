import { compare } from './diagnostic.ts'
import { type Instant, parseInstant } from './instant.ts'
import { isResolved, lifeUntil } from './kpi-life.ts'
import { isData, listAt, type RecordDoc, textAt } from './record.ts'
import type { IncidentFacts, ReportFacts } from './report.ts'

/** How a service is. */
export type ServiceStatus = 'operational' | 'degraded' | 'outage'

/** An open incident that bears on how a service is. */
export interface BearingIncident {
  readonly incident: IncidentFacts
  readonly major: boolean
  readonly openedAt: Instant
  /** Since when the service is down because of it; `null` where it is not. */
  readonly downSince: Instant | null
}

/** A service with how it is at the report's instant. */
export interface ServiceStanding {
  readonly service: RecordDoc
  readonly status: ServiceStatus
  /** Why it is not operational: the incidents, the oldest first. */
  readonly bearing: readonly BearingIncident[]
  /** Open incidents in all, those that do not bear on the status included. */
  readonly openIncidents: number
}

/** Priorities at which an open incident degrades its service. */
const grave: readonly string[] = ['P1', 'P2']

/**
 * How each service that is not retired is at the report's instant, in order of id. An outage is an open incident that
 * tells of one which has not ended, or a major incident that tells of none and whose service is not restored; degraded
 * is any other open incident of P1 or P2 that is not restored, and any other major one.
 */
export function serviceStandings(facts: ReportFacts): readonly ServiceStanding[] {
  const { asOf } = facts
  const open = openIncidents(facts)
  return facts.services
    .filter(({ data }) => textAt(data, 'state') !== 'retired')
    .toSorted((a, b) => compare(a.id, b.id))
    .map((service) => {
      const own = open.filter((incident) => concerned(incident, asOf).has(service.id))
      const bearing = own
        .flatMap((incident) => bearingOf(incident, service.id, asOf) ?? [])
        .toSorted((a, b) => a.openedAt - b.openedAt || compare(a.incident.id, b.incident.id))
      const isDown = bearing.some(({ downSince }) => downSince !== null)
      const status = isDown ? 'outage' : bearing.length > 0 ? 'degraded' : 'operational'
      return { service, status, bearing, openIncidents: own.length }
    })
}

/** The incidents that are neither resolved nor cancelled at the report's instant, as they are given. */
export function openIncidents({ incidents, asOf }: Pick<ReportFacts, 'incidents' | 'asOf'>): readonly IncidentFacts[] {
  return incidents.filter(({ moments }) => {
    const last = moments.findLast(({ recorded }) => recorded <= asOf)
    return last !== undefined && !isResolved(last.state) && last.state !== 'cancelled'
  })
}

/** The services that an incident concerns: its own, and those that it tells outages of which have not ended. */
function concerned(incident: IncidentFacts, asOf: Instant): ReadonlySet<string> {
  const own = textAt(incident.data, 'service')
  return new Set([...(own === undefined ? [] : [own]), ...lastingOutages(incident, asOf).keys()])
}

/** Since when each service is down, of the outages that an incident tells of and that have not ended. */
function lastingOutages({ data }: IncidentFacts, asOf: Instant): ReadonlyMap<string, Instant> {
  const found = new Map<string, Instant>()
  for (const outage of listAt(data, 'outage').filter(isData)) {
    const service = textAt(outage, 'service') ?? textAt(data, 'service')
    const [from, to] = [parseInstant(textAt(outage, 'from') ?? ''), parseInstant(textAt(outage, 'to') ?? '')]
    const lasts = from !== undefined && from <= asOf && (to === undefined || to > asOf)
    if (lasts && service !== undefined) found.set(service, Math.min(from, found.get(service) ?? from))
  }
  return found
}

function bearingOf(incident: IncidentFacts, service: string, asOf: Instant): BearingIncident | undefined {
  const { data } = incident
  const restored = parseInstant(textAt(data, 'restored_at') ?? '')
  const isBack = restored !== undefined && restored <= asOf
  const major = data['major'] === true
  const isOwn = textAt(data, 'service') === service
  const openedAt = lifeUntil(incident, asOf + 1)?.openedAt ?? asOf
  const isSilent = listAt(data, 'outage').length === 0
  const isSaidByItself = major && isOwn && !isBack && isSilent
  const downSince = lastingOutages(incident, asOf).get(service) ?? (isSaidByItself ? openedAt : null)
  const isGrave = major || grave.includes(textAt(data, 'priority') ?? '')
  if (downSince === null && (isBack || !isGrave)) return undefined
  return { incident, major, openedAt, downSince }
}
