import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import { askGit, type GitDir, gitFailed, runGit } from './run.ts'

/**
 * Signs that git reads as options, ranges, paths or reflog look-ups: none of them belongs into the name of a revision.
 */
const unsafe = /^-|\.\.|@\{|[\s:?*[\\]|\p{Cc}|\p{Bidi_Control}/u

/** The full id of the commit that a revision names: a branch, a tag, `HEAD~2` or an id. */
export async function resolveCommit(git: GitDir, revision: string): Promise<string> {
  if (revision === '' || unsafe.test(revision)) {
    throw new Fault(`${JSON.stringify(revision)} cannot be the name of a revision`, {
      cure: 'Name a branch, a tag, a commit id or a form such as HEAD~2',
      code: exit.refused,
    })
  }
  const answer = await askGit(git, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (answer.code === 0) return answer.stdout.toString('utf8').trim()
  if (/not a git repository|dubious ownership/i.test(answer.stderr))
    throw gitFailed(git.dir, ['rev-parse'], answer.stderr)
  if (revision === 'HEAD') {
    throw new Fault('The repository has no commit yet', { cure: 'Make the first commit: git add . && git commit' })
  }
  throw new Fault(`There is no revision ${JSON.stringify(revision)} here`, {
    cure: 'Name a branch, tag or commit that exists (git branch -a lists the branches), or fetch it first',
  })
}

/** The id of HEAD; `undefined` before the first commit. */
export async function currentCommit(git: GitDir): Promise<string | undefined> {
  const answer = await askGit(git, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  return answer.code === 0 ? answer.stdout.toString('utf8').trim() : undefined
}

/** The root of the working tree that a folder lies in. */
export async function repositoryRoot(git: GitDir): Promise<string> {
  const answer = await askGit(git, ['rev-parse', '--show-toplevel'])
  if (answer.code === 0) return answer.stdout.toString('utf8').replace(/\n$/, '')
  if (/must be run in a work tree/i.test(answer.stderr)) {
    throw new Fault(`${git.dir} is a bare repository`, { cure: 'Run the command in a clone with a working tree' })
  }
  throw gitFailed(git.dir, ['rev-parse'], answer.stderr)
}

/** Where the paths of a repository begin: the root of the working tree, or the repository itself where it is bare. */
export async function pathRoot(git: GitDir): Promise<GitDir> {
  const answer = await askGit(git, ['rev-parse', '--show-toplevel'])
  return answer.code === 0 ? { ...git, dir: answer.stdout.toString('utf8').replace(/\n$/, '') } : git
}

/** Whether this is a clone without its whole history. */
export async function isShallow(git: GitDir): Promise<boolean> {
  return (await runGit(git, ['rev-parse', '--is-shallow-repository'])).toString('utf8').trim() === 'true'
}

/** A clone without its whole history gives wrong times without any error, so history is never read from one. */
export async function refuseShallow(git: GitDir): Promise<void> {
  if (!(await isShallow(git))) return
  throw new Fault('This clone is shallow, so times cannot be computed from its history', {
    cure: 'Fetch the rest with git fetch --unshallow; in GitHub Actions give actions/checkout fetch-depth: 0',
  })
}

/** The newest commit that two commits have in common; a `Fault` where they have none. */
export async function mergeBase(git: GitDir, one: string, other: string): Promise<string> {
  const answer = await askGit(git, ['merge-base', one, other])
  const found = answer.stdout.toString('utf8').trim()
  if (answer.code === 0 && found !== '') return found
  throw new Fault(`${one.slice(0, 7)} and ${other.slice(0, 7)} have no commit in common`, {
    cure: 'Check the two revisions; in a shallow clone fetch the rest with git fetch --unshallow',
  })
}

/** Whether there is a branch of that name here. */
export async function branchExists(git: GitDir, name: string): Promise<boolean> {
  if (name === '' || unsafe.test(name)) return false
  return (await askGit(git, ['rev-parse', '--verify', '--quiet', `refs/heads/${name}`])).code === 0
}

/** The folder that all working trees of a repository share: `.git` of the first, or the bare repository itself. */
export async function commonFolder(git: GitDir): Promise<string> {
  const answer = await runGit(git, ['rev-parse', '--path-format=absolute', '--git-common-dir'])
  return answer.toString('utf8').replace(/\n$/, '')
}

/** The branch that is checked out; `undefined` where a commit is. */
export async function currentBranch(git: GitDir): Promise<string | undefined> {
  const answer = await askGit(git, ['symbolic-ref', '--quiet', '--short', 'HEAD'])
  return answer.code === 0 ? answer.stdout.toString('utf8').trim() : undefined
}

/** The content of a file at a commit; `undefined` where there is none. */
export async function contentAt(git: GitDir, commit: string, path: string): Promise<Buffer | undefined> {
  const { code, stdout } = await askGit(git, ['cat-file', 'blob', `${commit}:${path}`])
  return code === 0 ? stdout : undefined
}

/** A branch of this clone, of its own or as a remote has it, and the commit that it ends in. */
export interface BranchTip {
  readonly ref: string
  readonly tip: string
}

/** The branches of a name: this clone's own first, then those of its remotes by name. */
export async function branchTips(git: GitDir, name: string): Promise<readonly BranchTip[]> {
  return (await tipsByName(git, [name])).get(name) ?? []
}

/** The branches of each of some names, asked for at once. */
export async function tipsByName(
  git: GitDir,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly BranchTip[]>> {
  const safe = [...new Set(names)].filter((name) => name !== '' && !unsafe.test(name))
  if (safe.length === 0) return new Map()
  const patterns = safe.flatMap((name) => [`refs/heads/${name}`, `refs/remotes/**/${name}`])
  const listed = await runGit(git, ['for-each-ref', '--format=%(objectname) %(refname)', ...patterns])
  const tips = listed
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [tip, ref] = line.split(' ')
      return tip && ref ? [{ ref, tip }] : []
    })
  return new Map(
    safe.map((name) => {
      const own = `refs/heads/${name}`
      // A pattern without a star also matches what lies below it, and one name may end in another.
      const isOne = ({ ref }: BranchTip): boolean =>
        ref === own || (ref.startsWith('refs/remotes/') && ref.endsWith(`/${name}`))
      return [name, tips.filter(isOne).toSorted((a, b) => Number(b.ref === own) - Number(a.ref === own))]
    }),
  )
}
