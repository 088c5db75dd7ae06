import type { Instant } from '../../core/instant.ts'
import { type GitDir, runGit } from './run.ts'

/** A mainline commit that touched a file. */
export interface FileCommit {
  readonly commit: string
  /** Its first parent; absent at the root. */
  readonly parent?: string
  /** Its committer date: a claim. */
  readonly claimed: Instant
}

/** The commits of a mainline that touched the file at a path, oldest first. */
export async function fileHistory(git: GitDir, tip: string, path: string): Promise<readonly FileCommit[]> {
  const shape = ['--first-parent', '--reverse', '--no-renames', '--format=%H %ct %P']
  const told = (await runGit(git, ['log', ...shape, tip, '--', path])).toString('utf8')
  return told.split('\n').flatMap((line) => {
    const [commit, claimed, parent] = line.split(' ')
    return commit ? [{ commit, claimed: Number(claimed), ...(parent && { parent }) }] : []
  })
}
