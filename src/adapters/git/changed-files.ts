import { type GitDir, runGit } from './run.ts'

/** A file that differs between two trees, with the ids of its contents; `null` where it is absent. */
export interface FileChange {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

/** Every file that differs between two trees or commits, in path order. A moved file is one gone and one added. */
export async function changedFiles(git: GitDir, from: string, to: string): Promise<readonly FileChange[]> {
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--full-index', from, to]
  const tokens = (await runGit(git, args)).toString('utf8').split('\0')
  const changes: FileChange[] = []
  for (let at = 0; at + 1 < tokens.length; at += 2) {
    // `:old-mode new-mode old-id new-id status`, then the path.
    const [oldMode = '', newMode = '', before = '', after = ''] = (tokens[at] ?? '').split(' ')
    changes.push({
      path: tokens[at + 1] ?? '',
      before: /^:0+$/.test(oldMode) ? null : `${oldMode.slice(1)} ${before}`,
      after: /^0+$/.test(newMode) ? null : `${newMode} ${after}`,
    })
  }
  return changes
}
