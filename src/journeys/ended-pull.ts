import { resolve } from 'node:path'
import { type Landing, landingOf } from '../adapters/git/landing.ts'
import { resolveCommit } from '../adapters/git/revision.ts'
import { type GitDir, runGit } from '../adapters/git/run.ts'
import { readPullFile } from '../adapters/pull-file.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import type { World } from './world.ts'

/** A pull request that has ended: merged, with the commits that it became, or closed, with the base of that time. */
export interface EndedPull {
  readonly pull: PullRequest
  readonly at: Instant
  readonly landing: Landing | { readonly base: string; readonly commits?: never }
}

/** What is said of a pull request that no forge is asked about. */
export interface ToldPull {
  readonly pull: string
  readonly outcome: 'merged' | 'closed'
  /** The mainline commits that it became, where these are not to be looked for. */
  readonly commits?: readonly string[]
}

/** A pull request as a file tells it; it ended at the `now` of the file. */
export async function endedAsTold(
  world: Pick<World, 'dir' | 'now'>,
  git: GitDir,
  tip: string,
  { pull: file, outcome, commits = [] }: ToldPull,
): Promise<EndedPull> {
  const pull = readPullFile(resolve(world.dir, file), world.now)
  if (outcome === 'closed') return { pull, at: pull.now, landing: { base: tip } }
  const landing = commits.length > 0 ? await namedLanding(git, commits) : await landingOf(git, tip, { head: pull.head })
  if (landing) return { pull, at: pull.now, landing }
  throw new Fault(`Pull request ${pull.number} is not on the mainline up to ${tip.slice(0, 7)}`, {
    cure: 'Name the commits that it became with --commits, or say --outcome closed',
  })
}

async function namedLanding(git: GitDir, named: readonly string[]): Promise<Landing> {
  const commits = await Promise.all(named.map((each) => resolveCommit(git, each)))
  const parents = await Promise.all(commits.map((commit) => firstParent(git, commit)))
  const [base] = parents
  const gap = parents.findIndex((parent, at) => at > 0 && parent !== commits[at - 1])
  if (base !== undefined && gap < 0) return { base, commits }
  const what = base === undefined ? 'comes upon no other' : 'does not follow the one named before it'
  throw new Fault(`${(commits[Math.max(0, gap)] ?? '').slice(0, 7)} ${what}`, {
    cure: 'Name the mainline commits that the pull request became, oldest first: git log --first-parent',
  })
}

async function firstParent(git: GitDir, commit: string): Promise<string | undefined> {
  const told = (await runGit(git, ['rev-parse', `${commit}^@`])).toString('utf8')
  return told.split('\n').find((line) => line !== '')
}
