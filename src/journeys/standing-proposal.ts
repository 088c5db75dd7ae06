import { changedFiles } from '../adapters/git/changed-files.ts'
import { fetchTip } from '../adapters/git/fetch.ts'
import { goesOnFrom } from '../adapters/git/first-parent.ts'
import { contentAt } from '../adapters/git/revision.ts'
import { type GitDir, runGit } from '../adapters/git/run.ts'

/** A branch of a remote, and a commit that was meant for it. */
interface StandingBranch {
  readonly remote: string
  readonly branch: string
  readonly commit: string
}

/**
 * Whether a branch holds the change of a commit already: one commit on the mainline, by the same person, that says the
 * same but for the times in it. A branch of that name proves nothing, because any writer can push one.
 */
export async function holdsTheSame(git: GitDir, { remote, branch, commit }: StandingBranch): Promise<boolean> {
  const standing = await fetchTip(git, remote, branch)
  const [there, made] = [await lineageOf(git, standing), await lineageOf(git, commit)]
  if (there.parents.length !== 1 || there.people !== made.people) return false
  const [[from = ''], [onto = '']] = [there.parents, made.parents]
  if (!(await goesOnFrom(git, onto, from))) return false
  const [files, wanted] = [await changedFiles(git, from, standing), await changedFiles(git, onto, commit)]
  if (files.length !== wanted.length) return false
  for (const [at, { path, after }] of files.entries()) {
    const other = wanted[at]
    if (path !== other?.path || modeOf(after) !== modeOf(other.after)) return false
    if ((await timeless(git, standing, path)) !== (await timeless(git, commit, path))) return false
  }
  return true
}

/** The parents of a commit, and who made it. */
async function lineageOf(
  git: GitDir,
  commit: string,
): Promise<{ readonly parents: readonly string[]; readonly people: string }> {
  const said = (await runGit(git, ['log', '-1', '--format=%P%n%an <%ae>%n%cn <%ce>', commit])).toString('utf8')
  const [parents = '', ...people] = said.trimEnd().split('\n')
  return { parents: parents.split(' ').filter(Boolean), people: people.join('\n') }
}

function modeOf(content: string | null): string | undefined {
  return content?.split(' ')[0]
}

/** A file without the instants in it, which differ from one attempt to the next. */
async function timeless(git: GitDir, commit: string, path: string): Promise<string | undefined> {
  const text = (await contentAt(git, commit, path))?.toString('utf8')
  return text?.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'an instant')
}
