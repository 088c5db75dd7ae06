import { remoteDefaultBranch } from '../adapters/git/fetch.ts'
import { remoteHead } from '../adapters/git/remotes.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { Fault } from '../core/fault.ts'

/** The branch of a remote that is its mainline: the one that it calls its default. */
export async function mainlineOf(git: GitDir, remote: string): Promise<string> {
  const name = (await remoteHead(git, remote)) ?? (await remoteDefaultBranch(git, remote))
  if (name !== undefined) return name
  throw new Fault(`The remote ${remote} names no default branch`, { cure: 'Name the mainline with --branch main' })
}
