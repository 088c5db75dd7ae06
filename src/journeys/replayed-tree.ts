import type { Registry } from '../adapters/registry.ts'
import type { Decision } from '../core/approval/decide.ts'
import type { Proposal } from '../core/approval/demand.ts'
import { assessmentsOf, computedOf } from '../core/change-assessment.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Recorded } from '../core/facts.ts'
import type { MainlineCommit } from '../core/history.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import type { Change } from '../core/record.ts'
import { recordPath } from '../core/record-path.ts'
import { approvalsAsked, decisionsOn, unapproved, type Weighed, weigh } from '../core/replay/authorisation.ts'
import { bootstrapFinding, type Ungoverned, ungoverned } from '../core/replay/bootstrap.ts'
import { type HistoryFinding, historyFinding } from '../core/replay/history-finding.ts'
import { type FileState, standingRecords, type Turn } from '../core/replay/standing-records.ts'
import { type TreeFacts, treeJudge } from '../core/replay/tree-judge.ts'
import { judge } from '../core/rule.ts'
import type { Series } from '../core/series.ts'
import type { TreeFile } from '../core/tree.ts'
import { formJudge } from './form-facts.ts'
import { load, type Snapshot } from './load.ts'
import { locateDiagnostics } from './locate.ts'
import { isInRecords, type TouchedPath } from './mainline-files.ts'
import { gatherProofs } from './proofs.ts'
import type { ReplayOrder } from './replay.ts'
import { closingsOnTheWay } from './replay-closings.ts'
import { changedFiles, rememberingReader, withMeasurements } from './replayed-files.ts'
import { type Import, newImports, rulesAfter } from './replayed-rules.ts'
import { withNewTypes } from './sides.ts'
import { teamsOf } from './teams-of.ts'

/** What a commit did to records, and what its rules say to that. */
export interface JudgedCommit {
  readonly changes: readonly Change[]
  /** Whether it brought the first rules, so that nothing could judge it. */
  readonly founding: boolean
  readonly found: readonly HistoryFinding[]
  /** What a policy speaks about, and what became of it. */
  readonly weighed: readonly (Weighed & {
    readonly id: string
    readonly decision: Decision
    /** What the ledger has on it, believed or not. */
    readonly evidence: readonly LedgerDecision[]
  })[]
  /** What it changed that judges others, while nobody governed. */
  readonly ungoverned: readonly Ungoverned[]
}

/** What is found of a commit that is taken as it is. */
export const nothing: JudgedCommit = { changes: [], founding: false, found: [], weighed: [], ungoverned: [] }

/** The tree at a commit of the mainline, which goes on from commit to commit. */
export interface ReplayedTree {
  /** Takes in the next commit, and judges it by the rules that it found. */
  next(commit: MainlineCommit, paths: readonly TouchedPath[]): Promise<JudgedCommit>
  /** Takes in the next commit as it is. */
  skip(commit: MainlineCommit, paths: readonly TouchedPath[]): readonly Change[]
  /** Histories that came from other tools, each up to the commit that the one after it named. */
  readonly imports: readonly Import[]
}

/** The tree before the first commit. */
export function replayedTree({ git, tip, rules, known }: ReplayOrder): ReplayedTree {
  const files = new Map<string, TreeFile>()
  const series = new Map<string, Series>()
  const standing = standingRecords()
  const ofTree = treeJudge(rules.tree, rules.settled)
  const forms = formJudge()
  const reader = rememberingReader()
  const recorded = new Map<string, Recorded>()
  const closings = closingsOnTheWay(reader)
  const contents = new Map<string, string>()
  const teams = teamsOf(git)
  const imports: Import[] = []
  let registry: Registry | undefined
  let parent: MainlineCommit | undefined

  /** Whether what stands was judged, so that only what is new is told from then on. */
  let isKnown = false

  const next = async (commit: MainlineCommit, paths: readonly TouchedPath[]): Promise<JudgedCommit> => {
    if (!registry) return { ...nothing, changes: skip(commit, paths), founding: true }
    if (!isKnown) {
      ofTree.all(factsOf(registry, parent ?? commit), read([...files.keys()].filter(isInRecords), registry).diagnostics)
      isKnown = true
    }
    const { by, own, broken, turn, diagnostics, measured, changed } = takeIn(paths, registry)
    const proposal = {
      rulebook: by.rulebook,
      base: turn.before,
      result: turn.after,
      changes: turn.changes,
      files: changed,
    }
    const weighed = await approvals(proposal, commit)
    const unguarded = ungoverned(proposal)
    const found = [
      ...broken,
      ...weighed.flatMap((each) => unapproved(each.decision, each)),
      ...(known.strict ? unguarded.map(bootstrapFinding) : []),
      ...(own ? takeImports(registry, own) : []),
      ...ofTree.again(factsOf(by, commit), { ...turn, measured }, diagnostics),
      ...(await changeFindings(turn, by, commit)),
    ]
    if (own) {
      const anew = reread(own)
      found.push(...ofTree.all(factsOf(own, commit), anew.diagnostics), ...(await changeFindings(turn, own, commit)))
    }
    settle(commit, paths, turn.changes, by, own)
    const located = locateDiagnostics(distinct(found), files).map((each) =>
      historyFinding(commit, each, turn.recordAt, files.has(each.place.file)),
    )
    return { changes: turn.changes, founding: false, found: located, weighed, ungoverned: unguarded }
  }

  const skip = (commit: MainlineCommit, paths: readonly TouchedPath[]): readonly Change[] => {
    if (registry) {
      const { by, own, turn } = takeIn(paths, registry)
      if (own) {
        takeImports(registry, own)
        reread(own)
      }
      settle(commit, paths, turn.changes, by, own)
      return turn.changes
    }
    takeFiles(paths)
    changedFiles(paths, contents)
    const { own } = rulesAfter(paths, files)
    parent = commit
    if (!own) return []
    const { changes } = reread(own)
    settle(commit, paths, changes, own, own)
    return changes
  }

  const takeFiles = (paths: readonly TouchedPath[]): void => {
    for (const { path, file } of paths) {
      if (file) files.set(path, file)
      else files.delete(path)
    }
  }

  /** Takes in what a commit left, as the rules that it found read it. */
  const takeIn = (paths: readonly TouchedPath[], found: Registry) => {
    takeFiles(paths)
    const changed = changedFiles(paths, contents)
    const { own, broken } = rulesAfter(paths, files)
    const by = own ? withNewTypes(found, own) : found
    const { states, diagnostics, snapshot } = read(withMeasurements(paths, files), by)
    const turn = standing.turn(states)
    return { by, own, broken, turn, diagnostics, measured: keepSeries(snapshot), changed }
  }

  /** Reads all records anew, by rules that have changed. */
  const reread = (by: Registry): Pick<Turn, 'changes'> & Pick<Snapshot, 'diagnostics'> => {
    const { snapshot, states, diagnostics } = read([...files.keys()].filter(isInRecords), by)
    const { changes } = standing.turn(states)
    keepSeries(snapshot)
    return { changes, diagnostics }
  }

  /** Goes on from a commit: by its own rules, where it left others. */
  const settle = (
    commit: MainlineCommit,
    paths: readonly TouchedPath[],
    changes: readonly Change[],
    by: Registry,
    own: Registry | undefined,
  ): void => {
    closings.settle(paths, by)
    registry = own ?? registry
    parent = commit
    record(changes, commit)
  }

  /** Files as some rules read them, and what records stand in them. */
  const read = (
    paths: readonly string[],
    by: Registry,
  ): {
    readonly snapshot: Snapshot
    readonly states: readonly FileState[]
    readonly diagnostics: readonly Diagnostic[]
  } => {
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
    return { snapshot, states, diagnostics: snapshot.diagnostics }
  }

  const takeImports = (before: Registry, own: Registry): readonly Diagnostic[] => {
    const { imports: ended, found } = newImports(before, own, parent)
    imports.push(...ended)
    return found
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

  const approvals = async (
    proposal: Omit<Proposal, 'computed'>,
    commit: MainlineCommit,
  ): Promise<JudgedCommit['weighed']> => {
    const { rulebook, base, result: records, changes, files: changed } = proposal
    if (changes.length === 0 && changed.length === 0) return []
    const { unreadable } = standing
    const asked = approvalsAsked(proposal, () =>
      computedOf(assessmentsOf({ rulebook, records, unreadable, series, changes })),
    )
    const weighed: JudgedCommit['weighed'][number][] = []
    for (const decision of asked) {
      const evidence = decisionsOn(commit, decision.demand, known)
      const candidates = await Promise.all(
        evidence.map(async (each) => {
          return { decision: each, teams: each.policyCommit === parent?.commit ? base : await teams(each.policyCommit) }
        }),
      )
      weighed.push({ ...weigh(commit, decision, candidates, known), id: decision.demand.id, decision, evidence })
    }
    return weighed
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

  return { next, skip, imports }
}

function distinct(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(found.map((each) => [`${each.rule}\0${each.message}\0${each.place.file}`, each])).values()]
}
