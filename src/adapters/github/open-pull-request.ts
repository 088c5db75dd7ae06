import type { GitHub } from './connection.ts'
import { fieldOf } from './failure.ts'
import { type PullRequestSummary, summaryOf } from './pull-request.ts'
import { told } from './told.ts'
import { GitHubUnavailable, refusals } from './unavailable.ts'
import { postOnce, refusal, type Written } from './written.ts'

/** A pull request to be opened from a branch of the repository itself. */
export interface PullRequestText {
  readonly head: string
  readonly base: string
  readonly title: string
  readonly body: string
  readonly draft?: boolean
}

const listing = 'GET /repos/{owner}/{repo}/pulls'
const posting = 'POST /repos/{owner}/{repo}/pulls'
const editing = 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}'

/** Opens a pull request; there is one only for a branch and its base, so that an open one is kept and told as it is. */
export async function createPullRequest(github: GitHub, wanted: PullRequestText): Promise<Written<PullRequestSummary>> {
  const find = () => findPullRequest(github, wanted)
  return await postOnce(find, async () => {
    const answer = await github.request(posting, { ...wanted }, refusals)
    const refused = refusal(answer)
    if (!refused) return { outcome: 'made', is: summaryOf(told(posting, answer.data)) }
    // Somebody opened it between the look and the post.
    const found = answer.status === 422 ? await find() : undefined
    return found ? { outcome: 'kept', is: found } : refused
  })
}

/** Changes the title and the text of a pull request. */
export async function editPullRequest(
  github: GitHub,
  number: number,
  text: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
): Promise<Written<PullRequestSummary>> {
  const answer = await github.request(editing, { pull_number: number, ...text }, refusals)
  return refusal(answer) ?? { outcome: 'changed', is: summaryOf(told(editing, answer.data)) }
}

/** The open pull request from a branch of the repository itself into a base. */
export async function findPullRequest(
  github: GitHub,
  { head, base }: Pick<PullRequestText, 'head' | 'base'>,
): Promise<PullRequestSummary | undefined> {
  const asked = { state: 'open', head: `${github.owner}:${head}`, base }
  const found = (await github.pages(listing, asked)).map((item) => summaryOf(told(listing, item)))
  return found.find((pull) => pull.headRef === head && pull.base === base)
}

/**
 * Lets GitHub merge a pull request as soon as everything that it requires is there. Refused where the repository does
 * not allow it, or where nothing is required, so that it could be merged at once.
 */
export async function enableAutoMerge(
  github: GitHub,
  { nodeId }: Pick<PullRequestSummary, 'nodeId'>,
): Promise<Written<undefined>> {
  const query =
    'mutation ($id: ID!) { enablePullRequestAutoMerge(input: { pullRequestId: $id }) { pullRequest { id } } }'
  const answer = await github.request(`POST ${github.graphql}`, { query, variables: { id: nodeId } }, refusals)
  const refused = refusal(answer)
  if (refused) return refused
  const errors = fieldOf(answer.data, 'errors')
  const [error]: readonly unknown[] = Array.isArray(errors) ? errors : []
  if (error === undefined) {
    if (fieldOf(fieldOf(answer.data, 'data'), 'enablePullRequestAutoMerge')) return { outcome: 'made', is: undefined }
    throw new GitHubUnavailable({ route: 'POST /graphql', said: 'an answer with neither data nor errors' })
  }
  const type = fieldOf(error, 'type')
  const said = String(fieldOf(error, 'message') ?? 'no reason')
  if (type === 'UNPROCESSABLE' || type === 'FORBIDDEN' || type === 'NOT_FOUND') {
    return { outcome: 'refused', because: `GitHub refused it: ${said}` }
  }
  throw new GitHubUnavailable({ route: 'POST /graphql', said })
}

/** Merges a pull request now, if its head is still that commit. */
export async function mergePullRequest(
  github: GitHub,
  { number, head }: Pick<PullRequestSummary, 'number' | 'head'>,
): Promise<Written<string>> {
  const route = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge'
  const answer = await github.request(route, { pull_number: number, sha: head }, [...refusals, 405, 409])
  if (answer.status === 405 || answer.status === 409) {
    return {
      outcome: 'refused',
      because: `GitHub refused it: ${String(fieldOf(answer.data, 'message') ?? 'no reason')}`,
    }
  }
  return refusal(answer) ?? { outcome: 'made', is: told(route, answer.data).sha('sha') }
}
