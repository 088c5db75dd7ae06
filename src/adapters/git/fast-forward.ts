import { askGit, type GitDir } from './run.ts'

/**
 * Moves the branch that is checked out, and its files, forward to a commit. Gives back why it was left alone, in words:
 * where another branch is checked out, files are edited, or the branch has commits of its own.
 */
export async function fastForward(git: GitDir, branch: string, commit: string): Promise<string | undefined> {
  const asked = await askGit(git, ['status', '--porcelain=v2', '--branch', '--no-ahead-behind', '--untracked-files=no'])
  const lines = asked.stdout.toString('utf8').split('\n').filter(Boolean)
  if (!lines.includes(`# branch.head ${branch}`)) return `${branch} is not checked out here`
  if (lines.some((line) => !line.startsWith('#'))) return 'some of them are edited'
  const merged = await askGit(git, ['merge', '--quiet', '--ff-only', commit])
  if (merged.code === 0) return undefined
  return /fast-forward/i.test(merged.stderr) ? `${branch} has commits of its own here` : 'some of them are in the way'
}
