import { withBorrowed } from '../adapters/git/borrowed.ts'
import { fetchCommit, fetchRefs } from '../adapters/git/fetch-refs.ts'
import { hasCommit } from '../adapters/git/first-parent.ts'
import { remoteAddress } from '../adapters/git/remotes.ts'
import { refuseShallow } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import type { World } from './world.ts'

/** Where commits of pull requests are looked at: nothing of them is ever checked out, and nothing stays in the clone. */
export interface PullStore {
  readonly git: GitDir
  /** Brings references of the repository here; one that is missing there is a `Fault`. */
  readonly fetch: (refs: readonly string[]) => Promise<void>
  /** Brings a commit here unless it is here already; whether it is. */
  readonly bring: (commit: string) => Promise<boolean>
}

/**
 * Hands on a store for commits of pull requests, which is forgotten afterwards. They come from where the clone came from,
 * else from the repository on GitHub.
 */
export async function withPullStore<T>(
  world: World,
  github: GitHub,
  use: (store: PullStore) => Promise<T>,
): Promise<T> {
  const clone: GitDir = { dir: world.dir, env: world.env }
  await refuseShallow(clone)
  const { owner, repo, server } = github
  const address = (await remoteAddress(clone, 'origin')) ?? `${server}/${owner}/${repo}.git`
  return withBorrowed(clone, (git) =>
    use({
      git,
      fetch: (refs) => fetchRefs(git, address, refs),
      bring: async (commit) => (await hasCommit(git, commit)) || (await fetchCommit(git, address, commit)),
    }),
  )
}
