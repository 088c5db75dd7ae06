import { cloneRemotes } from '../adapters/git/remotes.ts'
import { currentBranch } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'

/**
 * The remote that a clone works with: the one that the branch checked out follows, else `origin`, else its only one.
 */
export async function usualRemote(git: GitDir): Promise<string> {
  const { names, upstreams } = await cloneRemotes(git)
  const followed = upstreams.get((await currentBranch(git)) ?? '')
  if (followed !== undefined && names.includes(followed)) return followed
  const [only = 'origin', ...others] = names
  return others.length === 0 ? only : 'origin'
}
