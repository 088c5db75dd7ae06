import type { GitHub } from './connection.ts'
import { isOurs } from './own-account.ts'
import { type PullRequestSummary, summaryOf } from './pull-request.ts'
import { told } from './told.ts'

const listing = 'GET /repos/{owner}/{repo}/pulls'

/** The pull requests from a branch of the repository itself into a base, open or not, newest first. */
async function fromBranch(github: GitHub, branch: string, base: string): Promise<readonly PullRequestSummary[]> {
  const items = await github.pages(listing, { state: 'all', head: `${github.owner}:${branch}`, base })
  return items
    .map((item) => summaryOf(told(listing, item)))
    .filter(({ headRef, base: into }) => headRef === branch && into === base)
    .toSorted((a, b) => b.number - a.number)
}

/** The newest pull request from a branch of the repository itself into a base, open or not. */
export async function newestPullRequest(
  github: GitHub,
  branch: string,
  base: string,
): Promise<PullRequestSummary | undefined> {
  return (await fromBranch(github, branch, base))[0]
}

/** The newest of them that was opened under our name: others may open one from a branch of any name. */
export async function ownPullRequest(
  github: GitHub,
  branch: string,
  base: string,
): Promise<PullRequestSummary | undefined> {
  const here = `${github.owner}/${github.repo}`.toLowerCase()
  for (const pull of await fromBranch(github, branch, base)) {
    if (pull.headRepository?.toLowerCase() === here && (await isOurs(github, pull.author))) return pull
  }
  return undefined
}
