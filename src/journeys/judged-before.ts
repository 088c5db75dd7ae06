import { currentCommit, isShallow } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { workingTreeState } from '../adapters/git/working-tree-state.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { type Facts, indexRecords, type RecordIndex } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import type { RecordDoc } from '../core/record.ts'
import { watched } from '../core/replay/asked-types.ts'
import { judge } from '../core/rule.ts'
import type { TreeFile } from '../core/tree.ts'
import { dueRules } from '../rules/index.ts'
import { type Cached, repositoryCache } from './repository-cache.ts'

/** What judging a whole tree found: of the tree as it stands, and of the time at which it is judged. */
export interface TreeJudgement {
  readonly diagnostics: readonly Diagnostic[]
  /** The files that diagnostics point into, perhaps among others. */
  readonly files: ReadonlyMap<string, TreeFile>
  /** How many files count as records. */
  readonly count: number
}

/** What a judgement of the tree alone rests on, and what it found. */
export interface Judged extends TreeJudgement {
  readonly facts: Omit<Facts, 'changes' | 'asOf'>
  /** Whether history had a say in it, which the files do not tell. */
  readonly restsOnHistory: boolean
}

/** As it is kept, in JSON. */
interface Kept {
  readonly diagnostics: readonly Diagnostic[]
  readonly count: number
  /** The records that rules about time look at. */
  readonly timed: readonly RecordDoc[]
}

/** What the tree alone tells, and what history had a say in. */
const [name, nameWithHistory] = ['validate', 'validate-with-history']

/**
 * Judges a working tree, or says again what was found in it when it was judged last, if not a byte of it has changed
 * since, nor the history where that had a say. What falls due by time alone is judged each time.
 */
export async function judgedOnce(
  world: Cached,
  root: string,
  paths: readonly string[],
  asOf: Instant,
  judgeTree: () => Promise<Judged>,
): Promise<TreeJudgement> {
  const git = { dir: root, env: world.env }
  const [cache, before] = await Promise.all([repositoryCache(world), workingTreeState(git, paths)])
  const alone = before === undefined ? undefined : cache.get(name, before)
  const history = alone || before === undefined ? '' : `${before}\n${await historyState(git)}`
  const known = alone ?? (before === undefined ? undefined : cache.get(nameWithHistory, history))
  if (known) {
    const kept: Kept = JSON.parse(known.toString('utf8'))
    const diagnostics = [...kept.diagnostics, ...dueIn(indexRecords(kept.timed), asOf)]
    return { diagnostics, files: filesOf(root, diagnostics), count: kept.count }
  }
  const judged = await judgeTree()
  const { facts, diagnostics, count } = judged
  const watch = watched(facts.records)
  const found = withDue({ ...judged, facts: { ...facts, records: watch.index } }, asOf)
  const types = [...facts.rulebook.types.keys()].filter((type) => watch.dependsOn(new Set([type])))
  // What changed while it was read may have been read in part.
  if (before !== undefined && before === (await workingTreeState(git, paths))) {
    const kept: Kept = { diagnostics, count, timed: types.flatMap((type) => facts.records.ofType(type)) }
    const content = Buffer.from(JSON.stringify(kept))
    if (!judged.restsOnHistory) cache.put(name, before, content)
    else if (history === `${before}\n${await historyState(git)}`) cache.put(nameWithHistory, history, content)
  }
  return found
}

/** What tells one history from another: the newest commit, and whether all that came before it is there. */
async function historyState(git: GitDir): Promise<string> {
  const [commit, shallow] = await Promise.all([currentCommit(git), isShallow(git)])
  return `${commit ?? 'none'} ${shallow ? 'shallow' : 'whole'}`
}

/** A judgement with what is due besides. */
export function withDue({ diagnostics, files, count, facts }: Judged, asOf: Instant): TreeJudgement {
  return { diagnostics: [...diagnostics, ...dueIn(facts.records, asOf)], files, count }
}

/** What rules about time find. They look at records only, so that nothing else has to be read for them again. */
function dueIn(records: RecordIndex, asOf: Instant): readonly Diagnostic[] {
  return judge(dueRules, { records, asOf })
}

function filesOf(root: string, diagnostics: readonly Diagnostic[]): ReadonlyMap<string, TreeFile> {
  const places = diagnostics.flatMap(({ place, related = [] }) => [place, ...related.map((other) => other.place)])
  return new Map(readWorkingTree(root, [...new Set(places.map(({ file }) => file))]).map((file) => [file.path, file]))
}
