import { Fault } from '../../core/fault.ts'
import { alone, withBorrowed } from './borrowed.ts'
import { askGit, type GitDir, gitFailed } from './run.ts'

/**
 * What merging a head into a base would give: a tree to be read in `git`, or the paths that conflict (maybe none
 * known).
 */
export type MergeResult = { readonly tree: string; readonly git: GitDir } | { readonly conflicts: readonly string[] }

/**
 * Merges two commits as a forge would and hands the result on: in a bare repository of its own that borrows the objects
 * of this one and is forgotten afterwards. So judging a pull request leaves no trace, and neither merge drivers,
 * filters and attributes that somebody configured nor what is checked out have a part in the result.
 */
export async function withMerge<T>(
  git: GitDir,
  base: string,
  head: string,
  use: (merged: MergeResult) => Promise<T>,
): Promise<T> {
  return withBorrowed(git, async (own) => use(await merge(own, base, head)))
}

async function merge(git: GitDir, base: string, head: string): Promise<MergeResult> {
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head]
  const answer = await askGit(git, args, { env: alone })
  const [tree = '', ...conflicts] = answer.stdout.toString('utf8').split('\0').filter(Boolean)
  const merged = /^[0-9a-f]{40,64}$/.test(tree)
  if (answer.code === 0 && merged) return { tree, git }
  // Some conflicts, such as a folder that was split on one side, name no path.
  if (answer.code === 1 && merged) return { conflicts: [...new Set(conflicts)] }
  if (/unrelated histories/i.test(answer.stderr)) {
    throw new Fault('Base and head have no commit in common', {
      cure: 'Check the two revisions; in a shallow clone fetch the rest with git fetch --unshallow',
    })
  }
  if (/usage: git merge-tree|unknown option/i.test(answer.stderr)) {
    throw new Fault('This git cannot merge without a working tree', { cure: 'Install git 2.38 or newer' })
  }
  throw gitFailed(git.dir, ['merge-tree'], answer.stderr)
}
