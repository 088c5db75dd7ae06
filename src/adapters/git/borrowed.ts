import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type GitDir, runGit } from './run.ts'

/** Settings of a user and a machine are left behind. */
export const alone = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_ATTR_NOSYSTEM: '1' } as const

/**
 * Hands on a bare repository of its own that borrows the objects of another one, and is forgotten afterwards: what is
 * written or fetched there leaves no trace.
 */
export async function withBorrowed<T>(git: GitDir, use: (own: GitDir) => Promise<T>): Promise<T> {
  const temporary = await mkdtemp(join(tmpdir(), 'gitsm-merge-'))
  try {
    return await use(await borrowing(git, temporary))
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

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
