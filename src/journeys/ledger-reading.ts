import { blobId, commonAncestor, ledgerBranch, readLedgerFiles } from '../adapters/git/ledger-branch.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { compare } from '../core/diagnostic.ts'
import { type EntryFile, followChain, type LedgerChain } from '../core/ledger/chain.ts'
import { decisionOf, type LedgerDecision } from '../core/ledger/decision.ts'
import { judgementsFolder } from '../core/ledger/judgement.ts'
import { followJudgements, type JudgementChain } from '../core/ledger/judgement-chain.ts'
import { isData } from '../core/record.ts'
import { type LedgerSource, shortRef } from './ledger-source.ts'
import { sharedCache } from './repository-cache.ts'

/** The ledger as it is believed. */
export interface Ledger extends LedgerChain {
  /** The commit that was read. */
  readonly commit: string
  /** The branch that is believed. */
  readonly ref: string
  /** Set where this clone's own branch contradicts it; then only what they have in common was read. */
  readonly diverged?: string
}

/**
 * Reads the ledger from the branch that is believed. `undefined` where there is none. A break of the chain is told, not
 * thrown; what comes after it is left out.
 */
export async function readLedger(git: GitDir, source: LedgerSource): Promise<Ledger | undefined> {
  const { trusted, own, standing } = source
  if (!trusted) return undefined
  const { ref, tip } = trusted
  if (!own || standing !== 'diverged') return { ref, commit: tip, ...(await chainAt(git, tip)) }
  const names = [own, trusted].map((each) => shortRef(each.ref))
  const diverged = `${names.join(' and ')} tell different stories: one of them was rewritten`
  const common = await commonAncestor(git, [own.tip, tip])
  if (common === undefined) return { ref, commit: tip, entries: [], diverged }
  return { ref, commit: common, ...(await chainAt(git, common)), diverged }
}

/** As `readLedger`, with what this clone wrote and has not pushed yet: where the next entry goes on from. */
export function readFurthestLedger(git: GitDir, source: LedgerSource): Promise<Ledger | undefined> {
  const { trusted, own, standing } = source
  return readLedger(git, own && (!trusted || standing === 'ahead') ? { trusted: own, notes: [] } : source)
}

async function chainAt(git: GitDir, commit: string): Promise<LedgerChain> {
  return followChain(await chainFiles(git, commit, 'entries', 'ledger'))
}

/** What `verify` kept of what it found, as far as it holds. */
export async function readJudgements(git: GitDir, { commit }: Pick<Ledger, 'commit'>): Promise<JudgementChain> {
  return followJudgements(await chainFiles(git, commit, judgementsFolder, 'judgements'))
}

/** The files of a chain at a commit of the ledger, most of them from a cache. */
async function chainFiles(
  git: GitDir,
  commit: string,
  folder: string,
  cacheName: string,
): Promise<readonly EntryFile[]> {
  const store = await sharedCache(git)
  const cacheKey = `${folder} 1`
  const kept = keptFiles(store.get(cacheName, cacheKey), commit.length)
  const files = await readLedgerFiles(git, commit, folder, kept)
  const fresh = files.filter(({ id, bytes }) => bytes && !kept.has(id)).length
  if (fresh * rewriting > files.length) {
    store.put(cacheName, cacheKey, Buffer.concat(files.flatMap(({ bytes }) => (bytes ? [bytes, separator] : []))))
  }
  const decoder = new TextDecoder()
  return files.map(({ path, bytes, digest }) => ({ path, digest, text: bytes && decoder.decode(bytes) }))
}

const separator = Buffer.of(0)

/** What was kept is kept anew when more than one in so many entries is new. */
const rewriting = 200

/** Files that were read before, by the ids of their blobs, which are computed anew: nothing kept is believed unchecked. */
function keptFiles(content: Buffer | undefined, like: number): ReadonlyMap<string, Uint8Array> {
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

/** The evidence of decisions in the ledger, in the order of time; only that which mentions a text, where one is given. */
export async function readDecisions(
  git: GitDir,
  { commit }: Pick<Ledger, 'commit'>,
  mentioning = '',
): Promise<{ readonly decisions: readonly LedgerDecision[]; readonly unreadable: readonly UnreadableDecision[] }> {
  const decisions: LedgerDecision[] = []
  const unreadable: UnreadableDecision[] = []
  for (const { path, bytes } of await readLedgerFiles(git, commit, 'decisions')) {
    if (bytes && !Buffer.from(bytes).includes(mentioning)) continue
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
