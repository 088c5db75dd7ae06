import type { CacheStore } from '../adapters/cache-store.ts'
import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { countMainline, type MainlineRange } from '../adapters/git/walk.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit, RecordHistory, Revision } from '../core/history.ts'
import { PackedHistory } from '../core/packed-history.ts'
import type { Progress } from '../core/progress.ts'
import type { ProvenTime } from '../core/provenance.ts'
import type { FileRevision } from '../core/touched-records.ts'
import { keepHistory, keptHistory } from './history-cache.ts'
import { readLedger } from './ledger-reading.ts'
import { type LedgerSource, ledgerSource } from './ledger-source.ts'
import { configurationFile, mainlineContents } from './mainline-contents.ts'
import { type Cached, repositoryCache } from './repository-cache.ts'
import { type Evidence, weighTimes } from './time-evidence.ts'

/** What the mainline up to a commit tells: its commits, and what they made of every record. */
export interface History {
  readonly commits: readonly MainlineCommit[]
  /** Keyed `<type>/<id>`. */
  readonly records: ReadonlyMap<string, RecordHistory>
  /** The versions of `gitsm.yaml`, oldest first. */
  readonly configurations: readonly { readonly commit: MainlineCommit; readonly content: FileRevision['content'] }[]
  /** What the times of the commits rest on. */
  readonly evidence: Evidence
  /** The same as it was read, for who needs little of it. */
  readonly packed: PackedHistory
  /** When each commit counts as made, and what that rests on. */
  readonly times: readonly ProvenTime[]
  /** The commit at a position. */
  readonly commitOf: (position: number) => MainlineCommit
  /** Where what is worked out from it may be kept. */
  readonly cache?: CacheStore
}

/**
 * The repository that a history is read from; with the program that reads it, what is read is kept for the next time.
 */
export type HistorySource = GitDir & Partial<Cached> & { readonly progress?: Progress | undefined }

/** The history that was read last: what commit ids name never changes, and one run may ask for it several times. */
let last: { readonly key: string; readonly history: Promise<History> } | undefined

/** Reads the history of all records up to a commit: one walk of the mainline and one stream of blobs. */
export async function gatherHistory(source: HistorySource, tip: string): Promise<History> {
  const ledger = await ledgerSource(source)
  const key = JSON.stringify([tip, ledger])
  if (last?.key !== key) last = { key, history: readHistory(source, tip, ledger) }
  try {
    return await last.history
  } catch (error) {
    last = undefined
    throw error
  }
}

/** Reads a history without the memory of this process; see `gatherHistory`. */
export async function readHistory(source: HistorySource, tip: string, ledgers: LedgerSource): Promise<History> {
  const [root, store, ledger] = await Promise.all([pathRoot(source), storeOf(source), readLedger(source, ledgers)])
  const packed =
    (store && (await continued(root, tip, store, source.progress))) ??
    (await readWhole(root, tip, store, source.progress))
  const configuration = packed.untyped()
  const versions = (commitOf: (position: number) => MainlineCommit): readonly Revision[] =>
    configuration === undefined ? [] : packed.historyOf(configuration, commitOf).revisions
  const claimed = versions((position) => mainlineCommit(packed, position)).flatMap((revision) =>
    revision.kind === 'written' ? [{ position: revision.commit.position, data: revision.data }] : [],
  )
  const mainline = { commits: packed.claims(), configurations: claimed }
  const { times, evidence } = await weighTimes(source, mainline, ledger, ledgers)
  return historyOf(packed, times, evidence, store)
}

async function storeOf({ dir, env, program, version }: HistorySource): Promise<CacheStore | undefined> {
  return !program || version === undefined ? undefined : repositoryCache({ dir, env, program, version })
}

/**
 * A history that was kept and is still the beginning of this one, with what came since; `undefined` where there is
 * none.
 */
async function continued(
  root: GitDir,
  tip: string,
  store: CacheStore,
  progress: Progress | undefined,
): Promise<PackedHistory | undefined> {
  const kept = keptHistory(store)
  if (!kept || kept.claimed.length === 0) return undefined
  const packed = new PackedHistory(kept)
  const after = packed.idAt(packed.length - 1)
  if (after === tip) return packed
  try {
    if (!(await walkOn(packed, root, { tip, after }, progress))) return undefined
  } catch (fault) {
    // The commit is gone, or whatever else is wrong is found again where nothing is kept.
    if (fault instanceof Fault) return undefined
    throw fault
  }
  if ((packed.length - kept.claimed.length) * rewriting >= packed.length) keepHistory(store, packed.pack())
  return packed
}

/** What was kept is kept anew when at least one in so many commits is new; to walk over fewer takes no time. */
const rewriting = 200

async function readWhole(
  root: GitDir,
  tip: string,
  store: CacheStore | undefined,
  progress: Progress | undefined,
): Promise<PackedHistory> {
  const packed = new PackedHistory()
  await walkOn(packed, root, { tip }, progress)
  if (store) keepHistory(store, packed.pack())
  return packed
}

/** Adds a stretch of the mainline to a history; `false` where it does not begin right behind the history's end. */
async function walkOn(
  packed: PackedHistory,
  root: GitDir,
  range: MainlineRange,
  progress: Progress | undefined,
): Promise<boolean> {
  const tell = progress && (await telling(progress, root, range))
  let read = 0
  let isFirst = true
  for await (const some of mainlineContents(root, range)) {
    for (const { step, files } of some) {
      if (isFirst && step.parent !== range.after) return false
      isFirst = false
      packed.add(step, files, (path) => path === configurationFile)
    }
    read += some.length
    tell?.(read)
  }
  return !isFirst
}

/** Tells how many commits have been read, and of how many. */
async function telling(progress: Progress, root: GitDir, range: MainlineRange): Promise<(read: number) => void> {
  const total = await countMainline(root, range)
  return (read) => progress('Reading the history', read, total)
}

function mainlineCommit(packed: PackedHistory, position: number, time?: ProvenTime): MainlineCommit {
  const { commit, claimed, by } = packed.commitAt(position)
  const { at, provenance, doubt }: ProvenTime = time ?? { at: claimed, provenance: 'claimed' }
  return { commit, position, at, provenance, ...(doubt && { doubt: { kind: doubt, claimed } }), by }
}

/** A packed history as its readers want it: commits and records are unpacked when they are first looked at. */
function historyOf(
  packed: PackedHistory,
  times: readonly ProvenTime[],
  evidence: Evidence,
  cache: CacheStore | undefined,
): History {
  // Filled from the start: a list with gaps is slow.
  const known = Array.from<unknown, MainlineCommit | undefined>({ length: packed.length }, () => undefined)
  const commitOf = (position: number): MainlineCommit => {
    const commit = known[position] ?? mainlineCommit(packed, position, times[position])
    known[position] = commit
    return commit
  }
  const configuration = packed.untyped()
  let commits: readonly MainlineCommit[] | undefined
  let records: ReadonlyMap<string, RecordHistory> | undefined
  return {
    evidence,
    packed,
    times,
    commitOf,
    ...(cache && { cache }),
    configurations:
      configuration === undefined ? [] : packed.historyOf(configuration, commitOf).revisions.map(versionOf),
    get commits() {
      commits ??= times.map((_, position) => commitOf(position))
      return commits
    },
    get records() {
      records ??= new Map(
        packed.numbers().flatMap((number) => {
          const { type, id } = packed.nameOf(number)
          return type === '' ? [] : [[`${type}/${id}`, unpackedLater(packed, number, commitOf)] as const]
        }),
      )
      return records
    },
  }
}

function unpackedLater(
  packed: PackedHistory,
  number: number,
  commitOf: (position: number) => MainlineCommit,
): RecordHistory {
  let revisions: readonly Revision[] | undefined
  return {
    ...packed.nameOf(number),
    get revisions() {
      revisions ??= packed.historyOf(number, commitOf).revisions
      return revisions
    },
  }
}

function versionOf(revision: Revision): History['configurations'][number] {
  const { commit } = revision
  if (revision.kind === 'written') return { commit, content: { data: revision.data } }
  return { commit, content: revision.kind === 'removed' ? null : { reason: revision.reason } }
}
