import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Registry } from '../adapters/registry.ts'
import { indexRecords, type RecordIndex, type Rulebook } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import { judgedPaths } from '../core/record-path.ts'
import type { Series } from '../core/series.ts'
import { arrivedBy } from '../core/series-arrival.ts'
import type { TreeFile } from '../core/tree.ts'
import type { Clocks } from './clocks.ts'
import { withClosedRecords } from './closed-records.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { load } from './load.ts'
import type { SoundRecords } from './sound-records.ts'
import type { TreeReader } from './tree-reader.ts'

/** The records of a tree that reports rest on, with the values of its measurements and the rules that it has. */
export interface ReportTree {
  readonly rulebook: Rulebook
  readonly records: RecordIndex
  readonly series: ReadonlyMap<string, Series>
  /** Names of the files that could not be read as records: `<type>/<id>`. */
  readonly unreadable: ReadonlySet<string>
}

/** A tree that has been fetched from git. */
export interface FetchedTree {
  readonly commit: string
  readonly tree: readonly TreeFile[]
  readonly reader: TreeReader
  /** What is known of files by the rules of this tree. */
  readonly sound?: SoundRecords
}

/**
 * Reads a tree by its own rules, or by those of `otherwise` where its own cannot be used; closed records by the rules
 * in force when they closed.
 */
export async function readReportTree(
  git: GitDir,
  { commit, tree, reader, sound }: FetchedTree,
  otherwise?: Registry,
): Promise<ReportTree> {
  const closing = closingRulesUpTo(git, async () => commit)
  return withClosedRecords(load(tree, registryOf(tree, reader, otherwise), reader, sound), closing, reader)
}

function registryOf(tree: readonly TreeFile[], reader: TreeReader, otherwise: Registry | undefined): Registry {
  try {
    return reader.registry(tree)
  } catch (cause) {
    if (cause instanceof Fault && otherwise) return otherwise
    throw cause
  }
}

/**
 * Finds the tree as it was at an instant: that of the newest mainline commit recorded by then; empty where none was. Each
 * is read once. Values of measurements count that were recorded since; see `arrivedBy`.
 */
export function reportTrees(
  git: GitDir,
  { history }: Clocks,
  newest: FetchedTree & ReportTree,
): (asOf: Instant) => Promise<ReportTree> {
  const { reader, sound } = newest
  const known = new Map<string, Promise<ReportTree>>()
  const read = async (commit: string): Promise<ReportTree> => {
    if (commit === newest.commit) return newest
    const tree = await readTree(git, commit, judgedPaths, {}, newest.tree)
    const rules = reader.registry(newest.tree)
    const isAlike = sound !== undefined && registryOf(tree, reader, rules) === rules
    return readReportTree(git, { commit, tree, reader, ...(isAlike && { sound }) }, rules)
  }
  return async (asOf) => {
    const last = history.commits.findLast(({ at }) => at <= asOf)
    if (!last) return { ...newest, records: indexRecords([]), series: new Map() }
    const tree = known.get(last.commit) ?? read(last.commit)
    known.set(last.commit, tree)
    return withArrivals(await tree, newest.series, asOf)
  }
}

function withArrivals(tree: ReportTree, since: ReportTree['series'], asOf: Instant): ReportTree {
  const { records, series } = tree
  const ids = records.ofType('measurement').map(({ id }) => id)
  const arrived = ids.flatMap((id) => {
    const [recorded, newest] = [series.get(id), since.get(id) ?? series.get(id)]
    return newest ? [[id, arrivedBy(asOf, recorded, newest)] as const] : []
  })
  return { ...tree, series: new Map(arrived) }
}
