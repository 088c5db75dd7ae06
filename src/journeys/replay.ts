import { posix } from 'node:path'
import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { walkMainline } from '../adapters/git/walk.ts'
import { type Registry, readRegistry } from '../adapters/registry.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Recorded } from '../core/facts.ts'
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
import { closingsOnTheWay } from './replay-closings.ts'
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
  readonly rules: {
    readonly tree: readonly Rule[]
    readonly change: readonly Rule[]
    /** Ids of the rules of a tree that no longer ask a closed record when schemas and configuration change. */
    readonly settled: readonly string[]
  }
}

/** What a replay found, and how much it looked at. */
export interface Replayed {
  /** In the order of the mainline. */
  readonly findings: readonly HistoryFinding[]
  /** What the judged commits did to records: each addition, edit and removal counts once. */
  readonly judged: number
  /** Records that the mainline ever had. */
  readonly records: number
  /** Histories that came from other tools, each up to the commit that the one after it named. */
  readonly imports: readonly Import[]
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
  return { findings, judged, records: seen.size, imports: tree.imports }
}

/** A history that was brought in from another tool. */
export interface Import {
  readonly system: string
  /** Its last commit. */
  readonly until: MainlineCommit
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
  const ofTree = treeJudge(rules.tree, rules.settled)
  const forms = formJudge()
  const reader = rememberingReader()
  const recorded = new Map<string, Recorded>()
  const closings = closingsOnTheWay(reader)
  const imports: Import[] = []
  let registry: Registry | undefined
  let parent: MainlineCommit | undefined

  const next = async (commit: MainlineCommit, paths: readonly TouchedPath[]): Promise<JudgedCommit> => {
    for (const { path, file } of paths) {
      if (file) files.set(path, file)
      else files.delete(path)
    }
    const { own, broken } = paths.some(({ path }) => isRule(path)) ? rulesOf(files) : noRules
    if (!registry) {
      registry = own
      parent = commit
      if (!own) return nothing
      const { changes } = anew(own, commit)
      closings.settle(paths, own)
      record(changes, commit)
      return { changes, founding: true, found: [] }
    }
    const by = own ? withNewTypes(registry, own) : registry
    const { snapshot, states } = read(withMeasurements(paths, files), by)
    const turn = standing.turn(states)
    const found = [
      ...broken,
      ...(own ? boundaries(registry, own) : []),
      ...ofTree.again(factsOf(by, commit), { ...turn, measured: keepSeries(snapshot) }, snapshot.diagnostics),
      ...(await changeFindings(turn, by, commit)),
      ...(own ? [...anew(own, commit).found, ...(await changeFindings(turn, own, commit))] : []),
    ]
    closings.settle(paths, by)
    registry = own ?? registry
    parent = commit
    record(turn.changes, commit)
    const located = locateDiagnostics(distinct(found), files).map((each) =>
      historyFinding(commit, each, turn.recordAt, files.has(each.place.file)),
    )
    return { changes: turn.changes, founding: false, found: located }
  }

  /** Files as some rules read them, and what records stand in them. */
  const read = (
    paths: readonly string[],
    by: Registry,
  ): { readonly snapshot: Snapshot; readonly states: readonly FileState[] } => {
    const there = paths.flatMap((path) => files.get(path) ?? [])
    const snapshot = load(there, closings.judging(by), reader)
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

  /** Takes over the imports that a commit ends; one that is named later could hide whatever came between. */
  const boundaries = (before: Registry, { rulebook }: Registry): readonly Diagnostic[] => {
    const known = new Set(before.rulebook.config.imports.map(({ until }) => until))
    return rulebook.config.imports
      .filter(({ until }) => !known.has(until))
      .flatMap(({ system, until }): readonly Diagnostic[] => {
        if (parent?.commit === until) {
          imports.push({ system, until: parent })
          return []
        }
        const message = `The import from ${system} cannot have ended with ${until.slice(0, 10)}, which is not the commit before this one`
        const hint = 'Only the commit that ends an import names it; what came after it is judged'
        const place = { file: 'gitsm.yaml', route: ['imports'], at: 'key' } as const
        return [{ rule: 'import-boundary', severity: 'error', message, place, hint }]
      })
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
    const facts = { ...result, unreadable, changes, proofs, recorded, asOf: commit.at }
    return judge(rules.change, facts).filter(({ severity }) => severity === 'error')
  }

  const factsOf = (by: Registry, commit: MainlineCommit): TreeFacts => {
    const { rulebook } = by
    const [records, { unreadable }] = [standing.records(), standing]
    const isSettled = (file: string): boolean => closings.isSettledBefore(file, by)
    const formsOf: TreeFacts['formsOf'] = (focus) => forms(focus, records, rulebook)
    return { rulebook, records, unreadable, series, asOf: commit.at, formsOf, isSettled }
  }

  const record = (changes: readonly Change[], { at }: MainlineCommit): void => {
    for (const change of changes) {
      const { type, id } = change.kind === 'removed' ? change.before : change.after
      const key = `${type}/${id}`
      recorded.set(key, { born: recorded.get(key)?.born ?? at, last: at })
    }
  }

  /** Takes over the values of the measurements that were read; whether there were any. */
  const keepSeries = ({ records, series: found }: Snapshot): boolean => {
    const measured = records.ofType('measurement')
    for (const { id } of measured) series.delete(id)
    for (const [id, each] of found) series.set(id, each)
    return measured.length > 0
  }

  return { next, imports }
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
