import { type GitDir, runGit } from './run.ts'

/** A commit of the ledger that did more than to add files to the one before it. */
export interface LedgerTamper {
  readonly commit: string
  readonly message: string
  /** The file that it changed or removed, where it did. */
  readonly path?: string
}

/**
 * The commits of the ledger's branch that broke its line: merges, further roots, and those that changed or removed a
 * file; oldest first.
 */
export async function ledgerTampers(git: GitDir, tip: string): Promise<readonly LedgerTamper[]> {
  const shape = ['--reverse', '--raw', '--no-renames', '--root', '--no-abbrev', '--format=%x01%H %P', '-z']
  const told = (await runGit(git, ['log', ...shape, '-O/dev/null', tip])).toString('utf8')
  let roots = 0
  return told.split('\x01').flatMap((part): readonly LedgerTamper[] => {
    const [head = '', ...rest] = part.split('\0')
    const [commit = '', ...parents] = head.trim().split(' ').filter(Boolean)
    if (commit === '') return []
    if (parents.length > 1) return [{ commit, message: `${short(commit)} merges another line into the ledger` }]
    if (parents.length === 0) roots += 1
    if (roots > 1 && parents.length === 0) return [{ commit, message: `${short(commit)} begins the ledger anew` }]
    return changes(rest).map(([status, path]) => {
      return {
        commit,
        path,
        message: `${short(commit)} ${status === 'D' ? 'removed' : 'changed'} ${path} in the ledger`,
      }
    })
  })
}

/** Status and path of what a commit did but for adding. */
function changes(tokens: readonly string[]): readonly (readonly [string, string])[] {
  return tokens.flatMap((token, at) => {
    const [, status] = /^\n?:\S+ \S+ \S+ \S+ ([A-Z])/.exec(token) ?? []
    return status === undefined || status === 'A' ? [] : [[status, tokens[at + 1] ?? ''] as const]
  })
}

function short(commit: string): string {
  return commit.slice(0, 10)
}

/**
 * The files below a folder of the ledger that commits added after the one that brought another file, the newest first;
 * all of them where no such file is named.
 */
export async function addedSince(
  git: GitDir,
  tip: string,
  folder: string,
  after: string | undefined,
): Promise<readonly string[]> {
  const adding = ['log', '--diff-filter=A', '--no-renames', '-O/dev/null']
  const told = async (...args: readonly string[]): Promise<string> =>
    (await runGit(git, [...adding, ...args])).toString('utf8')
  const from =
    after === undefined ? '' : ((await told('--format=%H', '--max-count=1', tip, '--', after)).split('\n')[0] ?? '')
  const range = from === '' ? tip : `${from}..${tip}`
  const files = await told('--root', '--format=', '--name-only', '-z', range, '--', `${folder}/`)
  return files
    .split('\0')
    .map((path) => path.trim())
    .filter(Boolean)
}
