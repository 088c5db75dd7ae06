import type { GitHub } from './connection.ts'
import { fieldOf } from './failure.ts'
import { type Told, told } from './told.ts'
import { GitHubUnavailable } from './unavailable.ts'

const listing = 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline'

/** What happened to a pull request, as GitHub's server kept it. */
export async function timelineOf(github: GitHub, number: number): Promise<readonly Told[]> {
  const items = await github.pages(listing, { issue_number: number }, { key: eventKey })
  return items.map((item) => told(listing, item))
}

/** Not every event has an id. */
function eventKey(event: unknown): unknown {
  return fieldOf(event, 'node_id') ?? JSON.stringify(event)
}

/** No review may be missing from their list that the timeline tells of: it could be a veto. */
export function expectReviews(events: readonly Told[], reviews: readonly { readonly id?: number }[]): void {
  const reviewed = events.filter((event) => event.textOrNull('event') === 'reviewed')
  const missing = reviewed.find((event) => !reviews.some(({ id }) => id === event.count('id')))
  if (!missing) return
  throw new GitHubUnavailable({
    route: listing,
    said: `review ${missing.count('id')} is missing from the list of reviews`,
  })
}
