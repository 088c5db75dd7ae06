import { createHash } from 'node:crypto'
import { readBlobs } from './objects.ts'
import { askGit, type GitDir, gitFailed, runGit } from './run.ts'

/** Name of the branch that holds the ledger; it shares no commit with the mainline. */
export const ledgerBranch = 'gitsm-ledger'

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
  /** Of its blob. */
  readonly id: string
  /** `null` where it is no ordinary file, or larger than anything that GitSM writes there. */
  readonly bytes: Uint8Array | null
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string
}

/** Far more than any entry or decision needs. */
const largest = 256 * 1024

/**
 * The files of the ledger below a folder at a commit of it, in the order of git. Contents that are `known` by the ids
 * of their blobs are not read.
 */
export async function readLedgerFiles(
  git: GitDir,
  commit: string,
  folder: string,
  known: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<readonly LedgerFile[]> {
  const found = await listing(git, commit, folder, known.size === 0)
  const contents = new Map<string, LedgerContent>()
  const unknown = found.filter(({ id }) => !known.has(id))
  const sizes = await sizesOf(git, unknown)
  const ordinary = unknown.filter(
    ({ mode, id }) => mode === '100644' && (sizes.get(id) ?? Number.POSITIVE_INFINITY) <= largest,
  )
  for await (const { id, bytes } of readBlobs(git, new Set(ordinary.map(({ id }) => id)))) {
    contents.set(id, { bytes: Buffer.from(bytes), digest: digestOf(bytes) })
  }
  return found.map(({ path, mode, id }) => {
    const bytes = known.get(id)
    const content = mode !== '100644' ? undefined : bytes ? { bytes, digest: digestOf(bytes) } : contents.get(id)
    return { path, id, ...(content ?? { bytes: null, digest: '' }) }
  })
}

/** The id that git gives to a blob, in a repository whose ids are as long as another one. */
export function blobId(bytes: Uint8Array, like: number): string {
  const hash = createHash(like === 40 ? 'sha1' : 'sha256')
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

type LedgerContent = Pick<LedgerFile, 'bytes' | 'digest'>

/** The digest by which an entry names the one before it. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** One line of `git ls-tree -r -z`. */
interface Listed {
  readonly mode: string
  readonly id: string
  readonly path: string
  /** In bytes, where it was asked for. */
  readonly size?: number
}

/**
 * Sizes are told with the names where all of them are wanted: git looks each up, which takes longer than the listing.
 */
async function listing(git: GitDir, commit: string, folder: string, withSizes: boolean): Promise<readonly Listed[]> {
  const shape = ['-r', '-z', '--full-tree', ...(withSizes ? ['-l'] : [])]
  const told = await runGit(git, ['ls-tree', ...shape, commit, '--', `${folder}/`])
  return told
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const [, mode = '', id = '', size, path = ''] =
        /^(\d{6}) \w+ ([0-9a-f]+)(?: +(\d+|-|BAD))?\t(.*)$/s.exec(line) ?? []
      return { mode, id, path, ...(size !== undefined && /^\d/.test(size) && { size: Number(size) }) }
    })
}

/** The size of each file by its id; those that the listing does not tell are asked for at once. */
async function sizesOf(git: GitDir, files: readonly Listed[]): Promise<ReadonlyMap<string, number>> {
  const known = new Map(files.flatMap(({ id, size }) => (size === undefined ? [] : [[id, size] as const])))
  const ids = [...new Set(files.filter(({ mode, id }) => mode === '100644' && !known.has(id)).map(({ id }) => id))]
  if (ids.length === 0) return known
  const told = await runGit(git, ['cat-file', '--batch-check=%(objectname) %(objectsize)'], {
    input: ids.map((id) => `${id}\n`).join(''),
  })
  const asked = told
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .map(([id = '', size]) => [id, Number(size)] as const)
  return new Map([...known, ...asked])
}
