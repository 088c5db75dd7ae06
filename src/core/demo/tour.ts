import { compare } from '../diagnostic.ts'
import { listAt, textAt } from '../record.ts'
import type { StoryRecord } from './record-telling.ts'

/** The change whose scheduling the tour looks at, by the beginning of the words of its commit. */
export const scheduledChange = 'CHG-20261005-P6BT authorize → scheduled'

/** The change that collides with another one when the year ends. */
export const collidingChange = 'CHG-20261028-D5SK'

/** The place of the commit whose message begins so; a story without it is wrong. */
export function stepNamed(commits: readonly { readonly message: string }[], message: string): number {
  const place = commits.findIndex((commit) => commit.message.startsWith(message))
  if (place < 0) throw new RangeError(`no commit of the story says ${message}`)
  return place
}

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
