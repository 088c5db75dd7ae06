import { withBorrowed } from '../adapters/git/borrowed.ts'
import { fetchCommit, fetchRefs } from '../adapters/git/fetch-refs.ts'
import { hasCommit } from '../adapters/git/first-parent.ts'
import { cloneRemotes, remoteAddress } from '../adapters/git/remotes.ts'
import { refuseShallow } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import { remotePlace } from '../core/remote-place.ts'
import type { World } from './world.ts'

/**
 * Where commits of pull requests are looked at: nothing of them is ever checked out, and nothing stays in the clone.
 */
export interface PullStore {
  readonly git: GitDir
  /** Brings references of the repository here; one that is missing there is a `Fault`. */
  readonly fetch: (refs: readonly string[]) => Promise<void>
  /** Brings a commit here unless it is here already; whether it is. */
  readonly bring: (commit: string) => Promise<boolean>
}

/**
 * Hands on a store for commits of pull requests, which is forgotten afterwards. They come from the repository that
 * GitHub is asked about, never from a fork of it that was cloned: its base judges.
 */
export async function withPullStore<T>(
  world: World,
  github: GitHub,
  use: (store: PullStore) => Promise<T>,
): Promise<T> {
  const clone: GitDir = { dir: world.dir, env: world.env }
  await refuseShallow(clone)
  const address = await pullAddress(clone, github)
  return withBorrowed(clone, (git) =>
    use({
      git,
      fetch: (refs) => fetchRefs(git, address, refs),
      bring: async (commit) => (await hasCommit(git, commit)) || (await fetchCommit(git, address, commit)),
    }),
  )
}

/**
 * The remote that leads there, `origin` before others; an `origin` that is a folder here is a copy that somebody chose.
 */
export async function pullAddress(
  clone: GitDir,
  { owner, repo, server }: Pick<GitHub, 'owner' | 'repo' | 'server'>,
): Promise<string> {
  const wanted = `${owner}/${repo}`.toLowerCase()
  const origin = await remoteAddress(clone, 'origin')
  if (origin !== undefined && remotePlace(origin) === undefined) return origin
  const { names } = await cloneRemotes(clone)
  for (const name of ['origin', ...names]) {
    const address = await remoteAddress(clone, name)
    if (remotePlace(address)?.path.toLowerCase() === wanted && address !== undefined) return address
  }
  return `${server}/${owner}/${repo}.git`
}
