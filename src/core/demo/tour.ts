import { compare } from '../diagnostic.ts'
import { listAt, textAt } from '../record.ts'
import type { StoryRecord } from './record-telling.ts'

/**
 * The incident that shows most in little space: paused, given to another team, reopened and closed, in the fewest
 * versions. Without such a one, the one with the most versions.
 */
export function eventfulIncident(incidents: readonly StoryRecord[]): StoryRecord | undefined {
  const eventful = incidents.filter(
    (incident) =>
      visits(incident, 'on_hold') && isReopened(incident) && visits(incident, 'closed') && teamsOf(incident) > 1,
  )
  const [shortest] = eventful.toSorted((a, b) => a.versions.length - b.versions.length || compare(a.id, b.id))
  return shortest ?? incidents.toSorted((a, b) => b.versions.length - a.versions.length || compare(a.id, b.id))[0]
}

function visits({ versions }: StoryRecord, state: string): boolean {
  return versions.some(({ data }) => textAt(data, 'state') === state)
}

function isReopened({ versions }: StoryRecord): boolean {
  return versions.some(({ data }) => textAt(data, 'reopen_reason') !== undefined && listAt(data, 'log').length > 0)
}

function teamsOf({ versions }: StoryRecord): number {
  return new Set(versions.map(({ data }) => textAt(data, 'team'))).size
}
