import type { Instant } from '../../core/instant.ts'
import { commitChunk, type Signatory } from '../fast-import.ts'
import { type GitDir, runGit } from './run.ts'

export type { Signatory } from '../fast-import.ts'

/** A file as a commit leaves it; `null` where it is gone. */
export interface CommittedText {
  readonly path: string
  readonly text: string | null
}

/** A commit to be made. */
export interface NewCommit {
  /** The commit to go on from; absent for the first of a branch. */
  readonly parent?: string
  readonly files: readonly CommittedText[]
  readonly message: string
  readonly author: Signatory
  /** The author where left out. */
  readonly committer?: Signatory
  readonly at: Instant
}

/** Git writes a commit to some branch; this one is gone before anybody sees it. */
const ref = 'refs/gitsm/made'

/**
 * Makes a commit that changes some files and gives back its id. Only objects are written: no branch moves, and neither
 * working tree nor index has a part. The id depends on the arguments alone.
 */
export async function commitFiles(git: GitDir, commit: NewCommit): Promise<string> {
  const { parent, files, message, author, committer = author, at } = commit
  const made = { at, by: author, message, files: files.map(({ path, text }) => ({ path, content: text })) }
  const nobody = '0'.repeat(parent?.length ?? (await idLength(git)))
  const end = `get-mark :1\nreset ${ref}\nfrom ${nobody}\n\ndone\n`
  const input = Buffer.concat([commitChunk(made, { ref, mark: 1, onto: parent }, committer), Buffer.from(end)])
  const said = await runGit(git, ['fast-import', '--quiet', '--done', '--date-format=raw'], { input })
  return said.toString('utf8').trim()
}

/** How long the ids of commits are in a repository. */
async function idLength(git: GitDir): Promise<number> {
  const format = (await runGit(git, ['rev-parse', '--show-object-format'])).toString('utf8').trim()
  return format === 'sha256' ? 64 : 40
}
