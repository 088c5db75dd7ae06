import { compare } from './diagnostic.ts'
import { countedIncidents, lifeUntil } from './kpi-life.ts'
import { isWithin } from './period.ts'
import { textAt, textsAt } from './record.ts'
import type { IncidentFacts, ReportFacts } from './report.ts'
import type { ChangeLife } from './report-change.ts'

/** An incident that a change caused: the change says so, or the incident does. */
export interface Harm {
  readonly incident: IncidentFacts
  /** `null` where the incident names a change that is not among the records. */
  readonly change: ChangeLife | null
  /** The id that the incident or the change gives. */
  readonly changeId: string
}

/** Every incident that counts and that a change caused, in order of incident and change; each pair once. */
export function harms(incidents: readonly IncidentFacts[], changes: readonly ChangeLife[]): readonly Harm[] {
  const byId = new Map(changes.map((change) => [change.id, change]))
  const told = new Map<string, Set<string>>()
  for (const { id, data } of changes) {
    for (const incident of textsAt(data, 'incidents_caused')) {
      const causes = told.get(incident)
      if (causes) causes.add(id)
      else told.set(incident, new Set([id]))
    }
  }
  return countedIncidents(incidents).flatMap((incident) => {
    const own = textAt(incident.data, 'caused_by')?.trim()
    const causes = new Set([...(told.get(incident.id) ?? []), ...(own ? [own] : [])])
    return [...causes].toSorted(compare).map((changeId) => ({
      incident,
      changeId,
      change: byId.get(changeId) ?? null,
    }))
  })
}

/** The incidents opened in the period, and those of them that a change caused. */
export function harmOf(
  facts: Pick<ReportFacts, 'incidents' | 'asOf' | 'period'>,
  changes: readonly ChangeLife[],
): { readonly harms: readonly Harm[]; readonly opened: number } {
  const { period, asOf } = facts
  const cut = asOf < period.until ? asOf + 1 : period.until
  const isOpened = (incident: IncidentFacts): boolean => {
    const life = lifeUntil(incident, cut)
    return life !== undefined && isWithin(period, life.openedAt)
  }
  return {
    harms: harms(facts.incidents, changes).filter(({ incident }) => isOpened(incident)),
    opened: countedIncidents(facts.incidents).filter(isOpened).length,
  }
}
