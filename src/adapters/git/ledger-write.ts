import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import type { Instant } from '../../core/instant.ts'
import { ledgerBranch } from './ledger-branch.ts'
import { askGit, type GitDir, gitFailed, runGit } from './run.ts'

/** A file to be added to the ledger, and the commit that adds it. */
export interface LedgerAddition {
  /** The commit of the ledger to go on from; absent for the first. */
  readonly parent?: string
  readonly path: string
  readonly text: string
  readonly message: string
  readonly at: Instant
}

/**
 * Makes a commit that adds one file to the ledger and gives back its id. Only objects are written: no branch moves, and
 * neither working tree nor index has a part. The id depends on the arguments alone.
 */
export async function commitAddition(git: GitDir, addition: LedgerAddition): Promise<string> {
  const { parent, path, text, message, at } = addition
  const blob = await answer(git, ['hash-object', '-w', '--stdin'], text)
  const tree = await treeWith(git, parent === undefined ? undefined : `${parent}^{tree}`, path.split('/'), blob)
  const date = `${at} +0000`
  const who = { NAME: 'gitsm ledger', EMAIL: 'gitsm-ledger@example.invalid', DATE: date }
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value])),
  )
  const parents = parent === undefined ? [] : ['-p', parent]
  return (await runGit(git, ['commit-tree', tree, ...parents], { input: `${message}\n`, env })).toString('utf8').trim()
}

/** The id of a tree that has a blob more than another one. */
async function treeWith(git: GitDir, tree: string | undefined, path: readonly string[], blob: string): Promise<string> {
  const [name = '', ...below] = path
  const entries = tree === undefined ? [] : (await answer(git, ['ls-tree', '-z', tree])).split('\0').filter(Boolean)
  const standing = entries.find((entry) => entry.endsWith(`\t${name}`))
  if (standing !== undefined && below.length === 0) throw new Error(`the ledger has ${name} already`)
  const [, , id] = /^(\d{6}) tree ([0-9a-f]+)\t/.exec(standing ?? '') ?? []
  const own =
    below.length === 0 ? `100644 blob ${blob}\t${name}` : `040000 tree ${await treeWith(git, id, below, blob)}\t${name}`
  const listing = [...entries.filter((entry) => entry !== standing), own]
  return answer(git, ['mktree', '-z'], `${listing.join('\0')}\0`)
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

/** Where credentials of the caller's own may come from: an agent for keys. */
function agent({ env }: GitDir): Readonly<Record<string, string>> {
  const socket = env['SSH_AUTH_SOCK']
  return socket === undefined ? {} : { SSH_AUTH_SOCK: socket }
}

/** A `Fault` unless a remote of that name is set up. */
export async function knownRemote(git: GitDir, remote: string): Promise<string> {
  const names = (await answer(git, ['remote'])).split('\n').filter(Boolean)
  if (names.includes(remote)) return remote
  throw new Fault(`There is no remote ${JSON.stringify(remote)}`, {
    cure: names.length === 0 ? 'Add one with: git remote add origin <url>' : `Known: ${names.join(', ')}`,
  })
}

/** Fetches the ledger of a remote, if it has one, into its remote-tracking branch. */
export async function fetchLedger(git: GitDir, remote: string): Promise<void> {
  const spec = `+refs/heads/${ledgerBranch}:refs/remotes/${remote}/${ledgerBranch}`
  const fetched = await askGit(git, ['fetch', '--quiet', '--no-tags', remote, spec], { env: agent(git) })
  if (fetched.code === 0 || /couldn't find remote ref/i.test(fetched.stderr)) return
  throw remoteFailed(remote, fetched.stderr)
}

/** Fetches what a remote has of a branch, so that its commits are here; nothing is said where it cannot. */
export async function fetchBranch(git: GitDir, remote: string, branch: string): Promise<void> {
  await askGit(git, ['fetch', '--quiet', '--no-tags', remote, `refs/heads/${branch}`], { env: agent(git) })
}

/** Offers a commit of the ledger to a remote; says whether it took it, or had moved on in the meantime. */
export async function pushLedger(git: GitDir, remote: string, commit: string): Promise<boolean> {
  const spec = `${commit}:refs/heads/${ledgerBranch}`
  const pushed = await askGit(git, ['push', '--quiet', '--porcelain', remote, spec], { env: agent(git) })
  if (pushed.code === 0) {
    // A clone of few branches does not do so by itself, and would take its own entries for ones that were not pushed.
    await askGit(git, ['update-ref', `refs/remotes/${remote}/${ledgerBranch}`, commit])
    return true
  }
  const said = `${pushed.stdout.toString('utf8')}\n${pushed.stderr}`
  if (/fetch first|non-fast-forward|cannot lock ref|reference already exists|failed to update ref/i.test(said))
    return false
  throw remoteFailed(remote, pushed.stderr)
}

function remoteFailed(remote: string, stderr: string): Fault {
  const said = stderr.trim().split('\n').at(-1) ?? ''
  return new Fault(`The remote ${remote} did not answer as it should: ${said}`, {
    cure: `Check that it can be reached, and that you may write the branch ${ledgerBranch} there; nothing was written`,
    code: exit.outside,
    cause: stderr,
  })
}

async function answer(git: GitDir, args: readonly string[], input?: string): Promise<string> {
  return (await runGit(git, args, input === undefined ? {} : { input })).toString('utf8').trim()
}
