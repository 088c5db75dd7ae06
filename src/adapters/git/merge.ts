import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Fault } from '../../core/fault.ts'
import { askGit, type GitDir, gitFailed, runGit } from './run.ts'

/** What merging a head into a base would give: a tree to be read with `env`, or the paths that conflict. */
export type MergeResult =
  | { readonly tree: string; readonly env: Readonly<Record<string, string>> }
  | { readonly conflicts: readonly string[] }

/**
 * Merges two commits as a forge would, without a working tree, hands the result on and forgets it: its objects go to a
 * temporary folder beside the repository's, so that judging a pull request leaves no trace.
 */
export async function withMerge<T>(
  git: GitDir,
  base: string,
  head: string,
  use: (merged: MergeResult) => Promise<T>,
): Promise<T> {
  const objects = (await runGit(git, ['rev-parse', '--git-path', 'objects'])).toString('utf8').trim()
  const temporary = await mkdtemp(join(tmpdir(), 'gitsm-merge-'))
  const env = {
    GIT_OBJECT_DIRECTORY: temporary,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(git.dir, objects),
  }
  try {
    return await use(await merge(git, base, head, env))
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

async function merge(
  git: GitDir,
  base: string,
  head: string,
  env: Readonly<Record<string, string>>,
): Promise<MergeResult> {
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head]
  const answer = await askGit(git, args, { env })
  const [tree = '', ...conflicts] = answer.stdout.toString('utf8').split('\0').filter(Boolean)
  if (answer.code === 0) return { tree, env }
  if (answer.code === 1) return { conflicts: [...new Set(conflicts)] }
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
