import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Decision } from '../core/approval/decide.ts'
import { governancePolicies } from '../core/approval/guarded.ts'
import { policyOf } from '../core/approval/policy.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import { assessmentsOf, computedOf } from '../core/change-assessment.ts'
import { changesBetween, summarise } from '../core/changes.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Facts, RecordIndex } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import type { Change } from '../core/record.ts'
import { judgedPaths } from '../core/record-path.ts'
import { judge, type Rule } from '../core/rule.ts'
import { isSame } from '../core/same.ts'
import { type Tentative, tentativeFindings } from '../core/tentative.ts'
import { tentativeDiagnostics } from '../core/tentative-diagnostics.ts'
import type { TreeFile } from '../core/tree.ts'
import { changeRules, treeRules } from '../rules/index.ts'
import { type Compute, decideApprovals } from './approvals.ts'
import { settledFindings, withClosedRecords } from './closed-records.ts'
import type { FindClosingRules } from './closing-rules.ts'
import type { Found } from './conclude.ts'
import { formFindings, formJudge } from './form-facts.ts'
import type { Snapshot } from './load.ts'
import { gatherProofs } from './proofs.ts'
import { type Sides, sidesOf } from './sides.ts'
import { slaEffect } from './sla-effect.ts'
import type { TreeReader } from './tree-reader.ts'

/** A merge that a gate is asked about, and what it may rest on. */
export interface Gate {
  readonly git: GitDir
  readonly base: string
  readonly merged: { readonly git: GitDir; readonly tree: string }
  /** The files of the base, where somebody has read them all. */
  readonly before?: readonly TreeFile[]
  readonly pull?: PullRequest
  readonly assumed: readonly string[]
  /** What other open pull requests propose. */
  readonly others?: readonly Tentative[]
  readonly now: Instant
  readonly asOf: Instant
  readonly reader: TreeReader
  readonly closing: FindClosingRules
}

/** What a merge does, as it was read. */
export interface Merging {
  readonly sides: Sides
  readonly changes: readonly Change[]
  /** The records that can be judged otherwise than before, where not all were read; every other one is still found. */
  readonly focus?: RecordIndex
}

/** Both sides with their closed records judged by the rules of their time: those of the base's history. */
export async function withClosedSides(
  sides: Sides,
  { closing, reader }: Pick<Gate, 'closing' | 'reader'>,
): Promise<Sides> {
  const { base, result, byOwnRules } = sides
  return {
    ...sides,
    base: await withClosedRecords(base, closing, reader),
    result: await withClosedRecords(result, closing, reader),
    ...(byOwnRules && { byOwnRules: await withClosedRecords(byOwnRules, closing, reader) }),
  }
}

/** Reads both trees of a merge, and judges what it changes. */
export async function judgeTrees(gate: Gate): Promise<Found> {
  const { git, base, merged, reader } = gate
  const before = gate.before ?? (await readTree(git, base, judgedPaths))
  const after = await readTree(merged.git, merged.tree, judgedPaths, {}, before)
  const sides = await withClosedSides(sidesOf(before, after, reader), gate)
  return judgeMerge(gate, { sides, changes: changesBetween(sides.base, sides.result) })
}

/** Judges what a merge changes, and decides on the approvals that it needs. */
export async function judgeMerge(gate: Gate, merging: Merging): Promise<Found> {
  const { git, base, merged, pull, assumed, others, now, asOf, reader, closing } = gate
  const { sides, changes } = merging
  const judging = sides.base.records
  const proofs = await gatherProofs({ git, tip: base, asOf, result: sides.result, judging }, changes)
  const assessments = assessmentsOf({ ...sides.result, changes })
  const compute: Compute = (facts) =>
    computedOf(facts.records === sides.result.records ? assessments : assessmentsOf(facts))
  const merge = { git: merged.git, base, tree: merged.tree, sides, changes }
  const { decisions, foreseen } = await decideApprovals({ git, now, compute, reader }, merge, pull, assumed)
  const effect = await slaEffect(git, base, sides, changes)
  const written = changes.flatMap((change) => (change.kind === 'removed' ? [] : [change.after]))
  const tentative = others && tentativeFindings(written, sides.result, others)
  const said = tentative ? tentativeDiagnostics(tentative) : []
  const found = [...findings(merging, decisions, { proofs, asOf }), ...said]
  const diagnostics = distinct(found)
  return {
    diagnostics: await settledFindings(diagnostics, sides.result, closing),
    files: new Map([...sides.base.files, ...sides.result.files]),
    records: sides.result.count,
    changes: changes.map(summarise),
    decisions,
    assessments,
    foreseen,
    ...(tentative && { tentative }),
    ...(effect && { slaEffect: effect }),
  }
}

/** What was gathered beyond the two trees, for the rules that need it. */
type Gathered = Pick<Facts, 'proofs' | 'asOf'>

/** What is found about the change itself and about the approvals that it needs. */
function findings(
  { sides, changes, focus }: Merging,
  decisions: readonly Decision[],
  gathered: Gathered,
): readonly Diagnostic[] {
  const { first, base, result, byOwnRules, diagnostics } = sides
  return [
    ...(first ? [firstRules] : ungoverned(base)),
    ...diagnostics,
    ...treeFindings(result, changes, gathered, focus),
    ...(byOwnRules ? treeFindings(byOwnRules, changesBetween(base, byOwnRules), gathered) : []),
    ...decisions.flatMap(approvalFinding),
  ]
}

function treeFindings(
  { rulebook, records, unreadable, series, diagnostics }: Snapshot,
  changes: readonly Change[],
  gathered: Gathered,
  focus: RecordIndex = records,
): readonly Diagnostic[] {
  const forms = focus === records ? formFindings(records, rulebook) : formJudge()(focus, records, rulebook)
  const facts = { rulebook, records, unreadable, series, forms, changes, ...gathered }
  if (focus === records) return [...diagnostics, ...judge([...treeRules, ...changeRules], facts)]
  const wide = treeRules.filter((rule) => !rule.local && isConcerned(rule, changes))
  const local = treeRules.filter((rule) => rule.local)
  return [...diagnostics, ...judge(local, { ...facts, records: focus }), ...judge([...wide, ...changeRules], facts)]
}

/** Whether what a rule finds can change with some records. */
function isConcerned({ links }: Rule, changes: readonly Change[]): boolean {
  if (!links) return true
  return changes.some((change) => {
    if (change.kind === 'removed') return true
    const before = change.kind === 'edited' ? change.before.data : {}
    return links.some((field) => !isSame(before[field], change.after.data[field]))
  })
}

/** Says so loudly while nobody is asked before the rules themselves change. */
function ungoverned({ records, rulebook }: Snapshot): readonly Diagnostic[] {
  if (!rulebook.types.has('policy') || governancePolicies(records.ofType('policy').map(policyOf), records).length > 0) {
    return []
  }
  return [
    {
      rule: 'bootstrap',
      severity: 'warning',
      message: 'Nobody governs this repository yet: whoever may write here may change every rule and every team',
      place: { file: 'gitsm.yaml', route: [] },
      hint: 'Fill the team that a policy with `guards: governance` names, while everybody still agrees',
    },
  ]
}

function approvalFinding({ demand, met, because, until }: Decision): readonly Diagnostic[] {
  if (met) return []
  const { id, reason, place, policy, rule } = demand
  const message = `${id} needs approval (${reason}): ${because}`
  if (!rule) {
    const hint = `Add a rule that matches to ${policy.file}, in a change of its own`
    return [{ rule: 'approval-possible', severity: 'error', message, place, hint }]
  }
  const hint =
    until === undefined
      ? `As ${policy.id} says`
      : 'Merge it now where the emergency wants it, and have it approved in time'
  return [{ rule: 'approval-given', severity: 'notice', message, place, hint }]
}

const firstRules: Diagnostic = {
  rule: 'bootstrap',
  severity: 'notice',
  message: 'The base holds no rules yet, so this change is judged by its own',
  place: { file: 'gitsm.yaml', route: [] },
  hint: 'Protect the branch once it is merged: from then on the base judges',
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((each) => [JSON.stringify([each.rule, each.message, each.place]), each]))
  return [...seen.values()]
}
