import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant } from '../../core/instant.ts'
import type { Signatory } from './commit-files.ts'
import { type GitDir, runGit } from './run.ts'

/** A commit that shows one commit with a folder of another one in place of its own. */
export interface FolderCommit {
  readonly base: string
  readonly folder: string
  /** The commit that the folder is taken from. */
  readonly from: string
  readonly parents: readonly string[]
  readonly message: string
  readonly author: Signatory
  readonly at: Instant
}

/** Makes such a commit and gives back its id. Neither working tree nor index of the clone has a part. */
export async function commitFolder(git: GitDir, commit: FolderCommit): Promise<string> {
  const { base, folder, from, parents, message, author, at } = commit
  const scratch = mkdtempSync(join(tmpdir(), 'gitsm-index-'))
  const env = { GIT_INDEX_FILE: join(scratch, 'index') }
  const ask = async (args: readonly string[], input?: string): Promise<string> =>
    (await runGit(git, args, { env, ...(input !== undefined && { input }) })).toString('utf8').trim()
  try {
    await ask(['read-tree', base])
    const stood = (await ask(['ls-files', '-z', '--', folder])).split('\0').filter(Boolean)
    const gone = stood.map((path) => `0 ${'0'.repeat(base.length)}\t${path}\0`).join('')
    if (gone !== '') await ask(['update-index', '-z', '--index-info'], gone)
    await ask(['read-tree', `--prefix=${folder}/`, `${from}:${folder}`])
    const tree = await ask(['write-tree'])
    const named = { NAME: author.name, EMAIL: author.email, DATE: `${at} +0000` }
    const identity = Object.entries(named).flatMap(([field, value]) =>
      ['AUTHOR', 'COMMITTER'].map((role) => [`GIT_${role}_${field}`, value]),
    )
    const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])]
    return (await runGit(git, args, { input: `${message}\n`, env: Object.fromEntries(identity) }))
      .toString('utf8')
      .trim()
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
