import { compare } from './diagnostic.ts'
import type { Instant } from './instant.ts'
import { textAt } from './record.ts'
import type { IncidentFacts, ReportFacts } from './report.ts'
import { type RecordLink, recordLink, stateOf } from './report-page.ts'
import { type BearingIncident, openIncidents, type ServiceStanding, serviceStandings } from './service-standing.ts'

/** An open incident that disrupts a service, as a page names it. */
export interface DisruptingIncident extends RecordLink {
  readonly major: boolean
  readonly priority: string | null
  readonly state: string
}

/** A service that is down or degraded at the report's instant. */
export interface Disruption {
  readonly id: string
  /** Its title. */
  readonly service: string
  /** When the first of what makes it so began. */
  readonly since: Instant
  /** The incident that the status began with. */
  readonly first: DisruptingIncident
  /** What bears on the status beside the first: none where the list is empty. */
  readonly others: readonly DisruptingIncident[]
}

/** What does not work at the report's instant, the longest disruption first. */
export interface Disruptions {
  readonly down: Few<Disruption>
  readonly degraded: Few<Disruption>
  /** Open major incidents that make no service down: it is back, or they name none. */
  readonly otherMajors: Few<DisruptingIncident>
}

/** The first of a list, and how many are left out. */
interface Few<T> {
  readonly shown: readonly T[]
  readonly more: number
}

const longestList = 5

/** Finds the services that do not work as they should, as `status.json` tells them. */
export function disruptionsOf(facts: ReportFacts, page: string): Disruptions {
  const standings = serviceStandings(facts)
  const causes = new Set(standings.flatMap(({ bearing }) => bearing.filter(isDown).map(({ incident }) => incident.id)))
  const named = (incident: IncidentFacts): DisruptingIncident => ({
    ...recordLink(facts, page, incident),
    major: incident.data['major'] === true,
    priority: textAt(incident.data, 'priority') ?? null,
    state: stateOf(incident),
  })
  const told = (standing: ServiceStanding): readonly Disruption[] => {
    const since = ({ openedAt, downSince }: BearingIncident): Instant => downSince ?? openedAt
    const bearing = standing.bearing.toSorted(
      (a, b) => Number(isDown(b)) - Number(isDown(a)) || since(a) - since(b) || compare(a.incident.id, b.incident.id),
    )
    const [first, ...others] = bearing
    if (!first) return []
    return [
      {
        id: standing.service.id,
        service: textAt(standing.service.data, 'title') ?? standing.service.id,
        since: since(first),
        first: named(first.incident),
        others: others.map(({ incident }) => named(incident)),
      },
    ]
  }
  const those = (status: ServiceStanding['status']): readonly Disruption[] =>
    standings
      .filter((standing) => standing.status === status)
      .flatMap(told)
      .toSorted((a, b) => a.since - b.since || compare(a.service, b.service))
  return {
    down: few(those('outage')),
    degraded: few(those('degraded')),
    otherMajors: few(
      openIncidents(facts)
        .filter(({ id, data }) => data['major'] === true && !causes.has(id))
        .map(named)
        .toSorted((a, b) => compare(a.id, b.id)),
    ),
  }
}

function few<T>(items: readonly T[]): Few<T> {
  return { shown: items.slice(0, longestList), more: Math.max(0, items.length - longestList) }
}

function isDown({ downSince }: BearingIncident): boolean {
  return downSince !== null
}
