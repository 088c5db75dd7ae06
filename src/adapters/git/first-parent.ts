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

/** Whether the first-parent chain of a tip goes on from a commit, that is, whether the commit is on it. */
export async function goesOnFrom(git: GitDir, tip: string, commit: string): Promise<boolean> {
  if (tip === commit) return true
  const range = ['--first-parent', '--format=%P', `${commit}..${tip}`]
  const parents = (await runGit(git, ['log', ...range])).toString('utf8').trimEnd().split('\n')
  return parents.at(-1)?.split(' ')[0] === commit
}
