import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { walkMainline } from '../adapters/git/walk.ts'
import type { Decision } from '../core/approval/decide.ts'
import type { MainlineCommit } from '../core/history.ts'
import type { Instant } from '../core/instant.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { judgedText } from '../core/ledger/judgement.ts'
import type { Progress } from '../core/progress.ts'
import type { DoubtedDecision } from '../core/replay/authorisation.ts'
import type { MissingApproval } from '../core/replay/false-judgements.ts'
import type { HistoryFinding } from '../core/replay/history-finding.ts'
import type { KnownDecisions } from '../core/replay/known-decisions.ts'
import type { Rule } from '../core/rule.ts'
import { touchedPaths } from './mainline-files.ts'
import type { Import } from './replayed-rules.ts'
import { nothing, replayedTree } from './replayed-tree.ts'

/** What is replayed, and how it is judged. */
export interface ReplayOrder {
  readonly git: GitDir
  readonly tip: string
  /** The mainline up to the tip, oldest first. */
  readonly commits: readonly MainlineCommit[]
  /** The last commit that is taken as it is: only what came after it is judged. */
  readonly after: number
  /** What is known of approvals that commits needed. */
  readonly known: KnownDecisions
  /** What must hold in a tree, and what must hold for a change of it. */
  readonly rules: {
    readonly tree: readonly Rule[]
    readonly change: readonly Rule[]
    /** Ids of the rules of a tree that no longer ask a closed record when schemas and configuration change. */
    readonly settled: readonly string[]
  }
  readonly progress: Progress | undefined
}

/** What a replay found, and how much it looked at. */
export interface Replayed {
  /** In the order of the mainline. */
  readonly findings: readonly HistoryFinding[]
  /** Commits that needed an approval of which nobody can know whether it was given. */
  readonly unvouched: readonly MainlineCommit[]
  /** Approvals that may still follow. */
  readonly awaited: readonly Awaited[]
  /** What had to be approved and was, in the order of the mainline. */
  readonly authorised: readonly Authorised[]
  /** Decisions of the ledger on what their commits did, believed or not. */
  readonly asked: ReadonlySet<LedgerDecision>
  /** Those that do not hold. */
  readonly doubted: readonly DoubtedDecision[]
  /** Approvals of which the ledger knows nothing, though it had begun. */
  readonly missing: readonly MissingApproval[]
  /** Commits that changed what judges others while nobody governed, in the order of the mainline. */
  readonly ungoverned: readonly MainlineCommit[]
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
  const { git, tip, commits, after, known, progress } = order
  const root = await pathRoot(git)
  const steps = await walkMainline(root, tip, [])
  const tree = replayedTree(order)
  const findings: HistoryFinding[] = []
  const seen = new Set<string>()
  const awaited: Awaited[] = []
  const authorised: Authorised[] = []
  const asked = new Set<LedgerDecision>()
  const doubted: DoubtedDecision[] = []
  const missing: MissingApproval[] = []
  const ungoverned: MainlineCommit[] = []
  const unvouched: MainlineCommit[] = []
  let judged = 0
  let position = 0
  for await (const paths of touchedPaths(root, steps)) {
    const commit = commits[position]
    if (!commit) break
    const {
      changes,
      founding,
      found,
      weighed,
      ungoverned: unguarded,
    } = position > after ? await tree.next(commit, paths) : { ...nothing, changes: tree.skip(commit, paths) }
    if (unguarded.length > 0) ungoverned.push(commit)
    for (const change of changes) {
      const { type, id } = change.kind === 'removed' ? change.before : change.after
      seen.add(`${type}/${id}`)
    }
    if (position > after && !founding) judged += changes.length
    findings.push(...found)
    if (weighed.some(({ kind }) => kind === 'unvouched')) unvouched.push(commit)
    for (const { id, evidence, ...each } of weighed) {
      for (const decision of evidence) asked.add(decision)
      if (each.kind === 'awaited') awaited.push({ commit, id, until: each.until })
      if (each.kind === 'authorised' && each.by) authorised.push({ commit, id, decision: each.by })
      doubted.push(...each.doubted)
      if (each.kind === 'missing' && evidence.length === 0 && position > (known.since ?? position)) {
        missing.push(missingApproval(commit, each.decision))
      }
    }
    position += 1
    progress?.('Replaying the mainline', position, commits.length)
  }
  return {
    findings,
    unvouched,
    awaited,
    authorised,
    asked,
    doubted,
    missing,
    ungoverned,
    judged,
    records: seen.size,
    imports: tree.imports,
  }
}

function missingApproval({ commit, at }: MainlineCommit, { demand }: Decision): MissingApproval {
  const { retroactive } = demand.rule ?? {}
  return { commit, subject: judgedText(demand.key), since: retroactive === undefined ? null : at + retroactive }
}

/** An approval that may follow until an instant. */
export interface Awaited {
  readonly commit: MainlineCommit
  readonly id: string
  readonly until: Instant
}

/** Something that a decision of the ledger let in. */
export interface Authorised {
  readonly commit: MainlineCommit
  readonly id: string
  readonly decision: LedgerDecision
}
