import { isPlainBranch } from '../adapters/git/fetch-refs.ts'
import { resolveCommit } from '../adapters/git/revision.ts'
import { runGit } from '../adapters/git/run.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import { openPullRequests, type PullRequestSummary } from '../adapters/github/pull-request.ts'
import { type Tips, tipsOf } from '../adapters/github/pull-request-heads.ts'
import { defaultBranch } from '../adapters/github/repository.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Tentative } from '../core/tentative.ts'
import { proposedChanges } from './proposed-changes.ts'
import { type PullStore, withPullStore } from './pull-store.ts'
import { sharingReader, type TreeReader } from './tree-reader.ts'
import type { World } from './world.ts'

/** The open pull requests into a branch, with their commits at hand. */
export interface OpenPulls {
  readonly github: GitHub
  readonly store: PullStore
  /** Reads what many pull requests share once. */
  readonly reader: TreeReader
  /** The branch that they are to be merged into, the commit that it ends in, and those that it was seen to end in. */
  readonly base: { readonly name: string; readonly commit: string; readonly tips: Tips }
  /** Oldest first. */
  readonly pulls: readonly PullRequestSummary[]
  /** What each of them proposes. */
  readonly tentative: readonly Tentative[]
}

/**
 * Gathers the open pull requests into a branch, by default the one that GitHub calls the default, and hands them on
 * with what they propose. One whose commits cannot be fetched proposes nothing, and is told of when it is judged.
 */
export async function withOpenPulls<T>(
  world: World,
  github: GitHub,
  branch: string | undefined,
  use: (open: OpenPulls) => Promise<T>,
): Promise<T> {
  const name = branch ?? (await defaultBranch(github))
  if (!isPlainBranch(name)) {
    throw new Fault(`${JSON.stringify(name)} is no name of a branch that can be asked for`, {
      cure: 'Rename the branch: letters, digits, dots, dashes and slashes are safe',
      code: exit.refused,
    })
  }
  const pulls = (await openPullRequests(github)).filter(({ base }) => base === name)
  const reader = world.reader ?? sharingReader()
  return withPullStore(world, github, async (store) => {
    const commit = await fetchAll(store, name, pulls)
    const here = new Set<number>()
    for (const { number, head } of pulls) if (await store.bring(head)) here.add(number)
    const tips = tipsOf(github, name)
    const tentative = await proposedChanges(
      store.git,
      commit,
      pulls.filter(({ number }) => here.has(number)),
      reader,
    )
    return use({ github, store, reader, base: { name, commit, tips }, pulls, tentative })
  })
}

/** The tip of the base, after the heads of pull requests and the commits of its merge queue were fetched with it. */
async function fetchAll(store: PullStore, base: string, pulls: readonly PullRequestSummary[]): Promise<string> {
  const always = [`refs/heads/${base}`, `${queueOf(base)}/*`]
  try {
    await store.fetch([...always, ...pulls.map(({ number }) => `refs/pull/${number}/head`)])
  } catch (fault) {
    if (!(fault instanceof Fault) || pulls.length === 0) throw fault
    // One pull request that cannot be fetched must not keep the others from being judged.
    await store.fetch(always)
    for (const { number } of pulls) await store.fetch([`refs/pull/${number}/head`]).catch(() => undefined)
  }
  return resolveCommit(store.git, `refs/heads/${base}`)
}

/** Where GitHub keeps the commits that the merge queue of a branch would make. */
function queueOf(base: string): string {
  return `refs/heads/gh-readonly-queue/${base}`
}

/** A commit that the merge queue would move a branch to, and the branch that GitHub made for it. */
export interface QueuedCommit {
  readonly commit: string
  readonly ref: string
}

/** The commits of the merge queue, as they were fetched. */
export async function queuedCommits({ store, base }: OpenPulls): Promise<readonly QueuedCommit[]> {
  const listed = await runGit(store.git, [
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    `${queueOf(base.name)}/`,
  ])
  return listed
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [commit, ref] = line.split(' ')
      return commit && ref ? [{ commit, ref }] : []
    })
}
