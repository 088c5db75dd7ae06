import type { GitHub } from './connection.ts'
import { type PullRequestSummary, summaryOf } from './pull-request.ts'
import { told } from './told.ts'

const listing = 'GET /repos/{owner}/{repo}/pulls'

/** The newest pull request from a branch of the repository itself into a base, open or not. */
export async function newestPullRequest(
  github: GitHub,
  branch: string,
  base: string,
): Promise<PullRequestSummary | undefined> {
  const items = await github.pages(listing, { state: 'all', head: `${github.owner}:${branch}`, base })
  return items
    .map((item) => summaryOf(told(listing, item)))
    .filter(({ headRef, base: into }) => headRef === branch && into === base)
    .toSorted((a, b) => b.number - a.number)[0]
}
