import { remoteAccess, remoteFailed, withoutPassword } from './remote-access.ts'
import { askGit, type GitDir, runGit } from './run.ts'

/** What became of a push: it was taken, somebody else was faster, or the remote does not want it and says why. */
export type Pushed =
  | { readonly kind: 'taken' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly reason: string }

/** A commit that is offered to a branch of a remote. */
export interface Push {
  readonly remote: string
  readonly commit: string
  readonly branch: string
  /** Whether there must be no such branch yet, or one that ends in this commit. */
  readonly isNew?: boolean
}

/** A branch that another push was faster at. */
const moved =
  /fetch first|non-fast-forward|stale info|cannot lock ref|reference already exists|failed to update ref|incorrect old value/i

/**
 * Offers a commit to a branch of a remote. A branch is only ever moved forward: what does not go on from the commit
 * that it ends in is never pushed. Where the answer is lost, the remote is asked whether it has the commit.
 */
export async function pushCommit(git: GitDir, push: Push): Promise<Pushed> {
  const { remote, commit, branch, isNew = false } = push
  const ref = `refs/heads/${branch}`
  // Without a value the lease is on there being no such branch.
  const lease = isNew ? [`--force-with-lease=${ref}:`] : []
  const fixed = ['--quiet', '--porcelain', '--no-follow-tags', '--recurse-submodules=no', '--no-signed']
  const pushed = await askGit(git, ['push', ...fixed, ...lease, remote, `${commit}:${ref}`], {
    env: remoteAccess(git),
  })
  if (pushed.code === 0) return { kind: 'taken' }
  const status = pushed.stdout.toString('utf8')
  const said = `${status}\n${pushed.stderr}`
  if (/\[(remote )?rejected\]/.test(status)) {
    return moved.test(said) ? { kind: 'moved' } : { kind: 'refused', reason: reasonIn(status, pushed.stderr) }
  }
  if (await hasTaken(git, remote, commit, ref)) return { kind: 'taken' }
  throw remoteFailed(remote, branch, pushed.stderr)
}

/** The words of the remote, else those behind the refusal. */
function reasonIn(status: string, stderr: string): string {
  const words = stderr
    .split('\n')
    .flatMap((line) => /^remote: *(?:error: *)?(.*\S)/.exec(line)?.[1] ?? [])
    .filter((line) => !/^(See|Visit|https?:|-+$|$)/.test(line))
  const [, shown] = /\[(?:remote )?rejected\] \((.*)\)/.exec(status) ?? []
  return withoutPassword(words.length > 0 ? words.slice(0, 4).join(' ') : (shown ?? 'it does not say why'))
}

/** Whether a branch of a remote ends in a commit now. */
async function hasTaken(git: GitDir, remote: string, commit: string, ref: string): Promise<boolean> {
  const listed = await askGit(git, ['ls-remote', remote, ref], { env: remoteAccess(git) })
  return listed.code === 0 && listed.stdout.toString('utf8').startsWith(`${commit}\t`)
}

/** Notes in a remote-tracking branch what was pushed, which a clone of few branches does not do by itself. */
export async function noteTracking(git: GitDir, remote: string, branch: string, commit: string): Promise<void> {
  await runGit(git, ['update-ref', `refs/remotes/${remote}/${branch}`, commit])
}
