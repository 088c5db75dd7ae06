import { createHash } from 'node:crypto'
import { readBlobs } from './objects.ts'
import { type BranchTip, branchTips } from './revision.ts'
import { askGit, type GitDir, gitFailed, runGit } from './run.ts'

/** Name of the branch that holds the ledger; it shares no commit with the mainline. */
export const ledgerBranch = 'gitsm-ledger'

/** The branches of this clone that hold the ledger: its own first, then those of its remotes by name. */
export function ledgerRefs(git: GitDir): Promise<readonly BranchTip[]> {
  return branchTips(git, ledgerBranch)
}

/** Whether all of one commit's history is also another's. */
export async function isAncestor(git: GitDir, one: string, other: string): Promise<boolean> {
  const { code, stderr } = await askGit(git, ['merge-base', '--is-ancestor', one, other])
  if (code > 1) throw gitFailed(git.dir, ['merge-base'], stderr)
  return code === 0
}

/** The newest commit that all of some commits have in common; `undefined` where there is none. */
export async function commonAncestor(git: GitDir, commits: readonly string[]): Promise<string | undefined> {
  const { code, stdout, stderr } = await askGit(git, ['merge-base', '--octopus', ...commits])
  if (code > 1) throw gitFailed(git.dir, ['merge-base'], stderr)
  return stdout.toString('utf8').trim() || undefined
}

/** A file of the ledger with the digest of its bytes. */
export interface LedgerFile {
  readonly path: string
  /** `null` where it is no ordinary file, or larger than anything that GitSM writes there. */
  readonly bytes: Uint8Array | null
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string
}

/** Far more than any entry or decision needs. */
const largest = 256 * 1024

/** The files of the ledger below a folder at a commit of it, in the order of git. */
export async function readLedgerFiles(git: GitDir, commit: string, folder: string): Promise<readonly LedgerFile[]> {
  const listing = await runGit(git, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', `${folder}/`])
  const found = listing.toString('utf8').split('\0').filter(Boolean).map(listed)
  const isOrdinary = ({ mode, size }: Listed): boolean => mode === '100644' && size <= largest
  const contents = new Map<string, LedgerContent>()
  for await (const { id, bytes } of readBlobs(git, new Set(found.filter(isOrdinary).map((each) => each.id)))) {
    contents.set(id, { bytes: Buffer.from(bytes), digest: digestOf(bytes) })
  }
  return found.map((each) => {
    const content = isOrdinary(each) ? contents.get(each.id) : undefined
    return { path: each.path, ...(content ?? { bytes: null, digest: '' }) }
  })
}

type LedgerContent = Pick<LedgerFile, 'bytes' | 'digest'>

/** The digest by which an entry names the one before it. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** One line of `git ls-tree -r -z -l`. */
interface Listed {
  readonly mode: string
  readonly id: string
  /** In bytes; not a number for what has none. */
  readonly size: number
  readonly path: string
}

function listed(line: string): Listed {
  const [, mode = '', id = '', size = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? []
  return { mode, id, size: Number(size), path }
}
