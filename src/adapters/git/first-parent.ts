import { askGit, type GitDir, runGit } from './run.ts'

/** Whether a commit is in this clone. */
export async function hasCommit(git: GitDir, commit: string): Promise<boolean> {
  return (await askGit(git, ['cat-file', '-e', `${commit}^{commit}`])).code === 0
}

/** The commits of a first-parent chain, from its root to its tip. */
export async function firstParents(git: GitDir, tip: string): Promise<readonly string[]> {
  const listed = await runGit(git, ['rev-list', '--first-parent', '--reverse', tip])
  return listed.toString('utf8').split('\n').filter(Boolean)
}

/**
 * Of some commits, those whose first-parent chain goes on from a commit, and those that are not in this clone; the rest
 * have nothing to do with it.
 */
export async function tipsBeyond(
  git: GitDir,
  tips: readonly string[],
  commit: string,
): Promise<{ readonly later: ReadonlySet<string>; readonly missing: ReadonlySet<string> }> {
  if (tips.length === 0) return { later: new Set(), missing: new Set() }
  const input = tips.map((tip) => `${tip}^{commit}\n`).join('')
  const types = (await runGit(git, ['cat-file', '--batch-check=%(objecttype)'], { input })).toString('utf8').split('\n')
  const here = tips.filter((_, index) => types[index] === 'commit')
  const parents = await firstParentsSince(git, here, commit)
  const goesOn = (tip: string): boolean => {
    let at: string | undefined = tip
    while (at !== undefined && at !== commit) at = parents.get(at)
    return at === commit
  }
  const missing = tips.filter((_, index) => types[index] !== 'commit')
  return { later: new Set(here.filter(goesOn)), missing: new Set(missing) }
}

/** The first parent of each commit of some first-parent chains, as far as a commit does not hold it. */
async function firstParentsSince(
  git: GitDir,
  tips: readonly string[],
  commit: string,
): Promise<ReadonlyMap<string, string>> {
  if (tips.length === 0) return new Map()
  const input = [...tips, `^${commit}`].map((each) => `${each}\n`).join('')
  const told = (await runGit(git, ['log', '--first-parent', '--format=%H %P', '--stdin'], { input })).toString('utf8')
  const lines = told.split('\n').map((line) => line.split(' '))
  return new Map(lines.flatMap(([each = '', first]) => (first ? [[each, first] as const] : [])))
}

/** Whether the first-parent chain of a tip goes on from a commit, that is, whether the commit is on it. */
export async function goesOnFrom(git: GitDir, tip: string, commit: string): Promise<boolean> {
  if (tip === commit) return true
  const range = ['--first-parent', '--format=%P', `${commit}..${tip}`]
  const parents = (await runGit(git, ['log', ...range])).toString('utf8').trimEnd().split('\n')
  return parents.at(-1)?.split(' ')[0] === commit
}
