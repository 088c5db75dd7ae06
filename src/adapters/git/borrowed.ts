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

/**
 * A bare repository in a folder, in which the objects of another can be read. It is written file by file: `git init`
 * would make the same, and take longer than what is asked of it.
 */
async function borrowing(git: GitDir, dir: string): Promise<GitDir> {
  const asked = await runGit(git, ['rev-parse', '--show-object-format', '--git-path', 'objects'])
  const [, format = '', objects = ''] = /^(\w+)\n(.*)\n$/s.exec(asked.toString('utf8')) ?? []
  const own = { dir, env: { ...git.env, XDG_CONFIG_HOME: dir } }
  const extension = `[extensions]\n\tobjectFormat = ${format}\n`
  mkdirSync(join(dir, 'refs'))
  mkdirSync(join(dir, 'objects', 'info'), { recursive: true })
  writeFileSync(join(dir, 'HEAD'), 'ref: refs/heads/main\n')
  writeFileSync(join(dir, 'objects', 'info', 'alternates'), `${resolve(git.dir, objects)}\n`)
  // An object format other than the first one wants version 1.
  const config = (version: number): string => `[core]\n\trepositoryFormatVersion = ${version}\n\tbare = true\n`
  writeFileSync(join(dir, 'config'), format === 'sha1' ? config(0) : `${config(1)}${extension}`)
  return own
}
