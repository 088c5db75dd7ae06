import type { Instant } from '../../core/instant.ts'
import { commitFiles, type Signatory } from './commit-files.ts'
import { ledgerBranch } from './ledger-branch.ts'
import { noteTracking, pushCommit } from './push.ts'
import { remoteAccess, remoteFailed } from './remote-access.ts'
import { askGit, type GitDir, gitFailed } from './run.ts'

/** Files to be added to the ledger, and the commit that adds them. */
export interface LedgerAddition {
  /** The commit of the ledger to go on from; absent for the first. */
  readonly parent?: string
  /** None of these paths is there yet. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  readonly message: string
  readonly at: Instant
}

/** Writes the ledger, whoever runs the command. */
const keeper: Signatory = { name: 'gitsm ledger', email: 'gitsm-ledger@example.invalid' }

/**
 * Makes a commit that adds files to the ledger and gives back its id. Only objects are written: no branch moves, and
 * neither working tree nor index has a part. The id depends on the arguments alone.
 */
export async function commitAddition(git: GitDir, addition: LedgerAddition): Promise<string> {
  const { parent, files, message, at } = addition
  for (const { path } of files) {
    if (parent !== undefined && (await askGit(git, ['cat-file', '-e', `${parent}:${path}`])).code === 0) {
      throw new Error(`the ledger has ${path} already`)
    }
  }
  return commitFiles(git, { ...(parent !== undefined && { parent }), files, message, author: keeper, at })
}

/** Moves the ledger's branch of this clone, unless somebody else moved it first; says whether it did. */
export async function moveLedger(git: GitDir, commit: string, from: string | undefined): Promise<boolean> {
  const ref = `refs/heads/${ledgerBranch}`
  const zero = '0'.repeat(commit.length)
  const moved = await askGit(git, ['update-ref', '-m', 'gitsm ledger append', ref, commit, from ?? zero])
  if (moved.code === 0) return true
  const now = await askGit(git, ['rev-parse', '--verify', '--quiet', ref])
  if ((now.stdout.toString('utf8').trim() || undefined) !== from) return false
  throw gitFailed(git.dir, ['update-ref'], moved.stderr)
}

/** Fetches the ledger of a remote, if it has one, into its remote-tracking branch. */
export async function fetchLedger(git: GitDir, remote: string): Promise<void> {
  const spec = `+refs/heads/${ledgerBranch}:refs/remotes/${remote}/${ledgerBranch}`
  const fetched = await askGit(git, ['fetch', '--quiet', '--no-tags', remote, spec], { env: remoteAccess(git) })
  if (fetched.code === 0 || /couldn't find remote ref/i.test(fetched.stderr)) return
  throw remoteFailed(remote, ledgerBranch, fetched.stderr)
}

/** Fetches what a remote has of a branch, so that its commits are here; nothing is said where it cannot. */
export async function fetchBranch(git: GitDir, remote: string, branch: string): Promise<void> {
  await askGit(git, ['fetch', '--quiet', '--no-tags', remote, `refs/heads/${branch}`], { env: remoteAccess(git) })
}

/** Offers a commit of the ledger to a remote; says whether it took it, or had moved on in the meantime. */
export async function pushLedger(git: GitDir, remote: string, commit: string): Promise<boolean> {
  const pushed = await pushCommit(git, { remote, commit, branch: ledgerBranch })
  if (pushed.kind === 'refused') throw remoteFailed(remote, ledgerBranch, pushed.reason)
  if (pushed.kind === 'moved') return false
  // A clone would take its own entries for ones that were not pushed.
  await noteTracking(git, remote, ledgerBranch, commit)
  return true
}
