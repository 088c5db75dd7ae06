import { join } from 'node:path'
import { type CacheStore, cacheStore } from '../adapters/cache-store.ts'
import { blobId, commonAncestor, isAncestor, ledgerBranch, readLedgerFiles } from '../adapters/git/ledger-branch.ts'
import { type BranchTip, commonFolder } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { compare } from '../core/diagnostic.ts'
import { followChain, type LedgerChain } from '../core/ledger/chain.ts'
import { decisionOf, type LedgerDecision } from '../core/ledger/decision.ts'
import { isData } from '../core/record.ts'

/** The ledger as this clone has it. */
export interface Ledger extends LedgerChain {
  /** The commit that was read. */
  readonly commit: string
  /** The branches that hold it here. */
  readonly refs: readonly BranchTip[]
  /** Set where these branches contradict each other; then only what they have in common was read. */
  readonly diverged?: string
}

/**
 * Reads the ledger from the branches that hold it: this clone's or those of its remotes, whichever went furthest.
 * `undefined` where there is none. A break of the chain is told, not thrown; what comes after it is left out.
 */
export async function readLedger(git: GitDir, refs: readonly BranchTip[]): Promise<Ledger | undefined> {
  if (refs.length === 0) return undefined
  const tips = [...new Set(refs.map(({ tip }) => tip))]
  const furthest = await descendantOfAll(git, tips)
  if (furthest !== undefined) return { refs, commit: furthest, ...(await chainAt(git, furthest)) }
  const names = refs.map(({ ref }) => ref.replace(/^refs\/(heads|remotes)\//, ''))
  const diverged = `${names.join(' and ')} tell different stories: one of them was rewritten`
  const common = await commonAncestor(git, tips)
  if (common === undefined) return { refs, commit: tips[0] ?? '', entries: [], diverged }
  return { refs, commit: common, ...(await chainAt(git, common)), diverged }
}

async function descendantOfAll(git: GitDir, tips: readonly string[]): Promise<string | undefined> {
  if (tips.length === 1) return tips[0]
  for (const tip of tips) {
    const contained = await Promise.all(tips.map((other) => isAncestor(git, other, tip)))
    if (contained.every(Boolean)) return tip
  }
  return undefined
}

async function chainAt(git: GitDir, commit: string): Promise<LedgerChain> {
  const store = cacheStore(join(await commonFolder(git), 'gitsm'))
  const kept = keptEntries(store, commit.length)
  const files = await readLedgerFiles(git, commit, 'entries', kept)
  const fresh = files.filter(({ id, bytes }) => bytes && !kept.has(id)).length
  if (fresh * rewriting > files.length) {
    store.put(cacheName, cacheKey, Buffer.concat(files.flatMap(({ bytes }) => (bytes ? [bytes, separator] : []))))
  }
  const decoder = new TextDecoder()
  return followChain(files.map(({ path, bytes, digest }) => ({ path, digest, text: bytes && decoder.decode(bytes) })))
}

const cacheName = 'ledger'
const cacheKey = 'entries 1'
const separator = Buffer.of(0)

/** What was kept is kept anew when more than one in so many entries is new. */
const rewriting = 200

/** Entries that were read before, by the ids of their blobs, which are computed anew: nothing kept is believed unchecked. */
function keptEntries(store: CacheStore, like: number): ReadonlyMap<string, Uint8Array> {
  const content = store.get(cacheName, cacheKey)
  const kept = new Map<string, Uint8Array>()
  if (!content) return kept
  for (let start = 0, end = content.indexOf(0); end >= 0; start = end + 1, end = content.indexOf(0, start)) {
    const bytes = content.subarray(start, end)
    kept.set(blobId(bytes, like), bytes)
  }
  return kept
}

/** A file below `decisions/` in the ledger that cannot be relied on. */
export interface UnreadableDecision {
  readonly file: string
  readonly message: string
}

/** The evidence of decisions in the ledger, in the order of time. */
export async function readDecisions(
  git: GitDir,
  { commit }: Pick<Ledger, 'commit'>,
): Promise<{ readonly decisions: readonly LedgerDecision[]; readonly unreadable: readonly UnreadableDecision[] }> {
  const decisions: LedgerDecision[] = []
  const unreadable: UnreadableDecision[] = []
  for (const { path, bytes } of await readLedgerFiles(git, commit, 'decisions')) {
    const read = bytes ? decisionIn(path, bytes) : 'it is no ordinary file, or far too large'
    if (typeof read === 'string') unreadable.push({ file: path, message: `${ledgerBranch}:${path}: ${read}` })
    else decisions.push(read)
  }
  return { decisions: decisions.toSorted((a, b) => a.at - b.at || compare(a.file, b.file)), unreadable }
}

function decisionIn(path: string, bytes: Uint8Array): LedgerDecision | string {
  const { data, diagnostics } = readYaml(path, bytes)
  return isData(data) ? decisionOf(path, data) : (diagnostics[0]?.message ?? 'it is no mapping of fields')
}
