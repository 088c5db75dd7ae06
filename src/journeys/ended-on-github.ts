import { fetchPullRequest } from '../adapters/git/fetch.ts'
import { hasCommit } from '../adapters/git/first-parent.ts'
import { landingOf } from '../adapters/git/landing.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import {
  closedPullRequests,
  type PullRequestSummary,
  pullRequestSummary,
  pullRequestsOf,
  readPullRequest,
} from '../adapters/github/pull-request.ts'
import { observedAt } from '../core/approval/seen-commit.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import { asksOnClose, asksOnMerge } from './decided.ts'
import type { EndedPull } from './ended-pull.ts'
import type { Deciding } from './landed-merge.ts'
import type { World } from './world.ts'

/**
 * Which pull requests GitHub is asked about: one, those that a commit came from, or all that ended since an instant.
 */
export type AskedOnGitHub = { readonly number: number } | { readonly commit: string } | { readonly since: Instant }

/** Where pull requests are looked for. */
export interface EndedSearch extends Deciding {
  readonly git: GitDir
  readonly github: GitHub
  /** The remote that has their commits. */
  readonly remote: string
  /** The mainline, and the commit that it ends in here. */
  readonly branch: string
  readonly tip: string
  /** Whether the ledger knows all of a pull request that ended so. */
  readonly isKnown: (pull: PullRequestSummary) => boolean
}

/** Pull requests that have ended, and what could not be found out about others. */
export interface FoundEnded {
  readonly ended: readonly EndedPull[]
  readonly notes: readonly string[]
}

/**
 * Finds pull requests into the mainline that have ended, oldest first, with all that a decision on them rests on.
 * GitHub is asked for their reviews only where something in them had to be decided.
 */
export async function endedOnGitHub(
  world: Pick<World, 'now'>,
  search: EndedSearch,
  asked: AskedOnGitHub,
): Promise<FoundEnded> {
  const ended: EndedPull[] = []
  const notes: string[] = []
  const pulls = (await summaries(search, asked)).toSorted((a, b) => endOf(a) - endOf(b) || a.number - b.number)
  for (const pull of pulls) {
    if (search.isKnown(pull)) continue
    const found = await endedPull(world, search, pull)
    if (typeof found === 'string') notes.push(`Pull request ${pull.number}: ${found}`)
    else if (found) ended.push(found)
  }
  return { ended, notes }
}

async function summaries(
  { github, branch, tip }: EndedSearch,
  asked: AskedOnGitHub,
): Promise<readonly PullRequestSummary[]> {
  if ('since' in asked) return closedPullRequests(github, branch, asked.since)
  if ('commit' in asked) {
    const pulls = await pullRequestsOf(github, asked.commit)
    return pulls.filter(({ open, base }) => !open && base === branch)
  }
  const pull = await pullRequestSummary(github, asked.number)
  if (pull.base === branch && !pull.open) return [pull]
  throw new Fault(
    pull.open
      ? `Pull request ${asked.number} is open still`
      : `Pull request ${asked.number} is into ${pull.base}, and the mainline that ends in ${tip.slice(0, 7)} is ${branch}`,
    { cure: 'Name one that was merged into the mainline, or closed; gitsm check --pr judges one that is open' },
  )
}

function endOf({ mergedAt, closedAt, updatedAt }: PullRequestSummary): Instant {
  return mergedAt ?? closedAt ?? updatedAt
}

/** A pull request with what became of it; why it cannot be told; `undefined` where nothing had to be decided. */
async function endedPull(
  { now }: Pick<World, 'now'>,
  search: EndedSearch,
  summary: PullRequestSummary,
): Promise<EndedPull | string | undefined> {
  const { git, github, remote, tip } = search
  const { number, head, baseSha, mergedAt, mergeCommit } = summary
  const at = endOf(summary)
  if (!(await hasCommit(git, head)) && !(await fetchPullRequest(git, remote, number))) {
    return `${remote} has its commits no more`
  }
  if (!(await hasCommit(git, head))) return `${head.slice(0, 7)}, in which it ended, is not at ${remote}`
  const asked = { now }
  if (mergedAt === null) {
    const closed = { base: tip, head }
    if (!(await asksOnClose(search, closed))) return undefined
    const pull = await complete(() => readPullRequest(github, number, asked))
    if (typeof pull === 'string') return pull
    const base = observedAt(pull.bases, at)
    return { pull, at, landing: { base: base !== undefined && (await hasCommit(git, base)) ? base : tip } }
  }
  const landing = await landingOf(git, tip, {
    ...{ head, from: baseSha },
    ...(mergeCommit !== null && { merged: mergeCommit }),
  })
  if (!landing) return `it is not on the mainline up to ${tip.slice(0, 7)}, so fetch it and run the command again`
  if (!(await asksOnMerge(search, landing))) return undefined
  const pull = await complete(() => readPullRequest(github, number, asked))
  return typeof pull === 'string' ? pull : { pull, at, landing }
}

/** What is too large to be read stops nobody else's evidence. */
async function complete<T>(read: () => Promise<T>): Promise<T | string> {
  try {
    return await read()
  } catch (fault) {
    if (fault instanceof Fault && fault.code === exit.refused) return fault.message
    throw fault
  }
}
