import { posix } from 'node:path'
import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { walkMainline } from '../adapters/git/walk.ts'
import { type Registry, readRegistry } from '../adapters/registry.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Rulebook } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import type { MainlineCommit } from '../core/history.ts'
import type { Change } from '../core/record.ts'
import { recordPath, recordsFolder } from '../core/record-path.ts'
import { type HistoryFinding, historyFinding } from '../core/replay/history-finding.ts'
import { type FileState, standingRecords, type Turn } from '../core/replay/standing-records.ts'
import { type TreeFacts, treeJudge } from '../core/replay/tree-judge.ts'
import { judge, type Rule } from '../core/rule.ts'
import type { Series } from '../core/series.ts'
import type { TreeFile } from '../core/tree.ts'
import { formJudge } from './form-facts.ts'
import { load, type Snapshot } from './load.ts'
import { locateDiagnostics } from './locate.ts'
import { isJudged, type TouchedPath, touchedPaths } from './mainline-files.ts'
import { gatherProofs } from './proofs.ts'
import { withNewTypes } from './sides.ts'
import { plainReader, type TreeReader } from './tree-reader.ts'

/** What is replayed, and how it is judged. */
export interface ReplayOrder {
  readonly git: GitDir
  readonly tip: string
  /** The mainline up to the tip, oldest first. */
  readonly commits: readonly MainlineCommit[]
  /** The last commit that is taken as it is: only what came after it is judged. */
  readonly after: number
  /** What must hold in a tree, and what must hold for a change of it. */
  readonly rules: { readonly tree: readonly Rule[]; readonly change: readonly Rule[] }
}

/** What a replay found, and how much it looked at. */
export interface Replayed {
  /** In the order of the mainline. */
  readonly findings: readonly HistoryFinding[]
  /** What the judged commits did to records: each addition, edit and removal counts once. */
  readonly judged: number
  /** Records that the mainline ever had. */
  readonly records: number
  /** What the configuration at the tip says of histories that came from other tools. */
  readonly imports: Rulebook['config']['imports']
}

/**
 * Replays the mainline as if every commit had been a pull request: the rules that it found judge what it left, and what
 * was wrong before is not laid at its door. The commit that brings the first rules is taken as it is.
 */
export async function replay(order: ReplayOrder): Promise<Replayed> {
  const { git, tip, commits, after } = order
  const root = await pathRoot(git)
  const steps = await walkMainline(root, tip, [])
  const tree = standingTree(order)
  const findings: HistoryFinding[] = []
  const seen = new Set<string>()
  let judged = 0
  let position = 0
  for await (const paths of touchedPaths(root, steps)) {
    const commit = commits[position]
    if (!commit) break
    const { changes, founding, found } = await tree.next(commit, paths)
    for (const change of changes) {
      const { type, id } = change.kind === 'removed' ? change.before : change.after
      seen.add(`${type}/${id}`)
    }
    if (position > after) {
      judged += founding ? 0 : changes.length
      findings.push(...found)
    }
    position += 1
  }
  return { findings, judged, records: seen.size, imports: tree.rulebook()?.config.imports ?? [] }
}

/** What a commit did to records, and what its rules say to that. */
interface JudgedCommit {
  readonly changes: readonly Change[]
  /** Whether it brought the first rules, so that nothing could judge it. */
  readonly founding: boolean
  readonly found: readonly HistoryFinding[]
}

interface RulesFound {
  readonly found: readonly Diagnostic[]
}

const nothing: JudgedCommit = { changes: [], founding: false, found: [] }

/** The tree as the replay goes along the mainline, and the rules that stand in it. */
function standingTree({ git, tip, rules }: ReplayOrder) {
  const files = new Map<string, TreeFile>()
  const series = new Map<string, Series>()
  const standing = standingRecords()
  const ofTree = treeJudge(rules.tree)
  const forms = formJudge()
  const reader = rememberingReader()
  let registry: Registry | undefined

  const next = async (commit: MainlineCommit, paths: readonly TouchedPath[]): Promise<JudgedCommit> => {
    for (const { path, file } of paths) {
      if (file) files.set(path, file)
      else files.delete(path)
    }
    const { own, broken } = paths.some(({ path }) => isRule(path)) ? rulesOf(files) : noRules
    if (!registry) {
      registry = own
      return own ? { changes: anew(own, commit).changes, founding: true, found: [] } : nothing
    }
    const by = own ? withNewTypes(registry, own) : registry
    const { snapshot, states } = read(withMeasurements(paths, files), by)
    const turn = standing.turn(states)
    const found = [
      ...broken,
      ...ofTree.again(factsOf(by, commit), { ...turn, measured: keepSeries(snapshot) }, snapshot.diagnostics),
      ...(await changeFindings(turn, by, commit)),
      ...(own ? [...anew(own, commit).found, ...(await changeFindings(turn, own, commit))] : []),
    ]
    registry = own ?? registry
    const located = locateDiagnostics(distinct(found), files).map((each) =>
      historyFinding(commit, each, (file) => turn.idOf(file), files.has(each.place.file)),
    )
    return { changes: turn.changes, founding: false, found: located }
  }

  /** Files as some rules read them, and what records stand in them. */
  const read = (
    paths: readonly string[],
    by: Registry,
  ): { readonly snapshot: Snapshot; readonly states: readonly FileState[] } => {
    const there = paths.flatMap((path) => files.get(path) ?? [])
    const snapshot = load(there, by, reader)
    const records = new Map(snapshot.records.all.map((record) => [record.file, record]))
    const states = paths.map((file): FileState => {
      const record = records.get(file)
      if (record) return { file, record }
      const path = files.has(file) ? recordPath(file) : undefined
      const key = path && `${path.type}/${path.basename}`
      return key !== undefined && snapshot.unreadable.has(key) ? { file, unreadable: key } : { file }
    })
    return { snapshot, states }
  }

  /** What new rules find wrong with what stands there, beyond what was wrong before. */
  const anew = (by: Registry, commit: MainlineCommit): Pick<Turn, 'changes'> & RulesFound => {
    const { snapshot, states } = read([...files.keys()].filter(isInRecords), by)
    const { changes } = standing.turn(states)
    keepSeries(snapshot)
    return { changes, found: ofTree.all(factsOf(by, commit), snapshot.diagnostics) }
  }

  const changeFindings = async (
    { before, after, changes }: Turn,
    { rulebook }: Registry,
    commit: MainlineCommit,
  ): Promise<readonly Diagnostic[]> => {
    const result = { rulebook, records: after, series }
    const proofs = await gatherProofs({ git, tip, asOf: commit.at, result, judging: before }, changes)
    const { unreadable } = standing
    const facts = { ...result, unreadable, changes, proofs, asOf: commit.at }
    return judge(rules.change, facts).filter(({ severity }) => severity === 'error')
  }

  const factsOf = ({ rulebook }: Registry, commit: MainlineCommit): TreeFacts => {
    const [records, { unreadable }] = [standing.records(), standing]
    const formsOf: TreeFacts['formsOf'] = (focus) => forms(focus, records, rulebook)
    return { rulebook, records, unreadable, series, asOf: commit.at, formsOf }
  }

  /** Takes over the values of the measurements that were read; whether there were any. */
  const keepSeries = ({ records, series: found }: Snapshot): boolean => {
    const measured = records.ofType('measurement')
    for (const { id } of measured) series.delete(id)
    for (const [id, each] of found) series.set(id, each)
    return measured.length > 0
  }

  return { next, rulebook: () => registry?.rulebook }
}

function isRule(path: string): boolean {
  return isJudged(path) && !isInRecords(path)
}

function isInRecords(path: string): boolean {
  return path.startsWith(`${recordsFolder}/`)
}

interface RulesRead {
  readonly own?: Registry
  readonly broken: readonly Diagnostic[]
}

const noRules: RulesRead = { broken: [] }

/** The rules that a commit left; where nobody can read them, those before it stay in force. */
function rulesOf(files: ReadonlyMap<string, TreeFile>): RulesRead {
  try {
    const own = readRegistry([...files.values()].filter(({ path }) => isRule(path)))
    own.proveSchemas()
    return { own, broken: [] }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    const broken: Diagnostic = {
      rule: 'rules-readable',
      severity: 'error',
      message: fault.message,
      place: { file: /^[\w./-]+/.exec(fault.message)?.[0] ?? 'gitsm.yaml', route: [] },
      hint: 'Those before it stay in force until they can be read again',
    }
    return { broken: [broken] }
  }
}

/** The touched paths below `records/`; with data, also the measurements that lie beside them. */
function withMeasurements(paths: readonly TouchedPath[], files: ReadonlyMap<string, TreeFile>): readonly string[] {
  const touched = paths.map(({ path }) => path).filter(isInRecords)
  const folders = new Set(touched.filter((path) => path.startsWith(measurements)).map((path) => posix.dirname(path)))
  if (folders.size === 0) return touched
  const beside = [...files.keys()].filter((path) => path.startsWith(measurements) && folders.has(posix.dirname(path)))
  return [...new Set([...touched, ...beside])]
}

const measurements = `${recordsFolder}/measurement/`

/** Reads each file once for as long as it stands, whatever rules it is read by. */
function rememberingReader(): TreeReader {
  const known = new WeakMap<TreeFile, ReturnType<TreeReader['yaml']>>()
  return {
    ...plainReader,
    yaml(file) {
      const before = known.get(file)
      if (before) return before
      const reading = plainReader.yaml(file)
      known.set(file, reading)
      return reading
    },
  }
}

function distinct(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(found.map((each) => [`${each.rule}\0${each.message}\0${each.place.file}`, each])).values()]
}
