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
 * The files of the ledger below a folder at a commit of it, in the order of git. Contents that are `known` by the ids of
 * their blobs are not read.
 */
export async function readLedgerFiles(
  git: GitDir,
  commit: string,
  folder: string,
  known: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<readonly LedgerFile[]> {
  const found = await listing(git, commit, folder)
  const contents = new Map<string, LedgerContent>()
  const unknown = found.filter(({ id }) => !known.has(id))
  const ordinary = unknown.length === 0 ? [] : await ofBearableSize(git, unknown)
  for await (const { id, bytes } of readBlobs(git, new Set(ordinary))) {
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
}

async function listing(git: GitDir, commit: string, folder: string): Promise<readonly Listed[]> {
  const told = await runGit(git, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', `${folder}/`])
  return told
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map((line) => {
      const [, mode = '', id = '', path = ''] = /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
      return { mode, id, path }
    })
}

/** The ids of those that are ordinary files and no larger than what GitSM writes. */
async function ofBearableSize(git: GitDir, files: readonly Listed[]): Promise<readonly string[]> {
  const ids = [...new Set(files.filter(({ mode }) => mode === '100644').map(({ id }) => id))]
  const told = await runGit(git, ['cat-file', '--batch-check=%(objectname) %(objectsize)'], {
    input: ids.map((id) => `${id}\n`).join(''),
  })
  const sizes = new Map(
    told
      .toString('utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .map(([id = '', size]) => [id, Number(size)] as const),
  )
  return ids.filter((id) => (sizes.get(id) ?? Number.POSITIVE_INFINITY) <= largest)
}
