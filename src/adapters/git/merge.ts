import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Fault } from '../../core/fault.ts'
import { askGit, type GitDir, gitFailed, runGit } from './run.ts'

/** What merging a head into a base would give: a tree to be read in `git`, or the paths that conflict (maybe none known). */
export type MergeResult = { readonly tree: string; readonly git: GitDir } | { readonly conflicts: readonly string[] }

/**
 * Merges two commits as a forge would and hands the result on: in a bare repository of its own that borrows the objects
 * of this one and is forgotten afterwards. So judging a pull request leaves no trace, and neither merge drivers, filters
 * and attributes that somebody configured nor what is checked out have a part in the result.
 */
export async function withMerge<T>(
  git: GitDir,
  base: string,
  head: string,
  use: (merged: MergeResult) => Promise<T>,
): Promise<T> {
  const temporary = await mkdtemp(join(tmpdir(), 'gitsm-merge-'))
  try {
    return await use(await merge(await borrowing(git, temporary), base, head))
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Settings of a user and a machine that could change a merge are left behind. */
const alone = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_ATTR_NOSYSTEM: '1' }

/** A bare repository in a folder, in which the objects of another can be read. */
async function borrowing(git: GitDir, dir: string): Promise<GitDir> {
  const said = async (...args: string[]) => (await runGit(git, ['rev-parse', ...args])).toString('utf8').trim()
  const objects = resolve(git.dir, await said('--git-path', 'objects'))
  const format = await said('--show-object-format')
  const own = { dir, env: { ...git.env, XDG_CONFIG_HOME: dir } }
  await runGit(own, ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`], { env: alone })
  mkdirSync(join(dir, 'objects', 'info'), { recursive: true })
  writeFileSync(join(dir, 'objects', 'info', 'alternates'), `${objects}\n`)
  return own
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
