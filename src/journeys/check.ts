import { withMerge } from '../adapters/git/merge.ts'
import { resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Decision } from '../core/approval/decide.ts'
import { governancePolicies } from '../core/approval/guarded.ts'
import { policyOf } from '../core/approval/policy.ts'
import { assessmentsOf, computedOf } from '../core/change-assessment.ts'
import { changesBetween, summarise } from '../core/changes.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Facts } from '../core/facts.ts'
import { recordPath } from '../core/record-path.ts'
import { judge } from '../core/rule.ts'
import type { TreeFile } from '../core/tree.ts'
import { changeRules, treeRules } from '../rules/index.ts'
import { type Compute, decideApprovals } from './approvals.ts'
import { settledFindings, withClosedRecords } from './closed-records.ts'
import { closingRulesUpTo, type FindClosingRules } from './closing-rules.ts'
import { conclude, type Found } from './conclude.ts'
import { formFindings } from './form-facts.ts'
import { judgedPaths, type Snapshot } from './load.ts'
import { gatherProofs } from './proofs.ts'
import { pullRequestFor } from './pull-request.ts'
import { type Sides, sidesOf } from './sides.ts'
import { slaEffect } from './sla-effect.ts'
import { sharingReader, type TreeReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm check` is asked: which commit would be merged into which, and what is known of the reviews. */
export interface CheckOptions {
  readonly base: string
  /** The head of the pull request by default, else `HEAD`. */
  readonly head?: string
  /** A file that tells of the pull request. */
  readonly pull?: string
  /** Logins of people who are taken to have approved: what if? */
  readonly assume?: readonly string[]
}

/**
 * Judges what merging head into base would change. What is judged is the merge result; what judges it are the schemas,
 * lifecycles, policies and teams of base, so that no change can relax the rules for itself.
 */
export async function check(world: World, options: CheckOptions): Promise<Outcome> {
  const git: GitDir = { dir: world.dir, env: world.env }
  const base = await resolveCommit(git, options.base)
  const { pull, head } = await pullRequestFor(world, git, base, options)
  return withMerge(git, base, head, async (merged) => {
    const reader = sharingReader()
    const before = await readTree(git, base, judgedPaths)
    if ('conflicts' in merged) return conclude(world, conflicting(merged.conflicts, before))
    const after = await readTree(merged.git, merged.tree, judgedPaths)
    const closing = closingRulesUpTo(git, async () => base)
    const sides = await withClosedSides(sidesOf(before, after, reader), closing, reader)
    const merge = { git: merged.git, base, tree: merged.tree, sides }
    const changes = changesBetween(sides.base, sides.result)
    const asOf = world.asOf ?? world.now
    const proofs = await gatherProofs(
      { git, tip: base, asOf, result: sides.result, judging: sides.base.records },
      changes,
    )
    const assessments = assessmentsOf({ ...sides.result, changes })
    const compute: Compute = (facts) =>
      computedOf(facts.records === sides.result.records ? assessments : assessmentsOf(facts))
    const asking = { git, now: world.now, compute, reader }
    const { decisions, foreseen } = await decideApprovals(asking, merge, pull, options.assume ?? [])
    const effect = await slaEffect(git, base, sides)
    const judged = {
      ...(await settled(judgeChange(sides, decisions, { proofs, asOf }), sides, closing)),
      assessments,
      foreseen,
      ...(effect && { slaEffect: effect }),
    }
    return conclude(world, { ...judged, mustBeApproved: options.pull !== undefined, assumed: options.assume ?? [] })
  })
}

/** Both sides with their closed records judged by the rules of their time: those of the base's history. */
async function withClosedSides(sides: Sides, closing: FindClosingRules, reader: TreeReader): Promise<Sides> {
  const { base, result, byOwnRules } = sides
  return {
    ...sides,
    base: await withClosedRecords(base, closing, reader),
    result: await withClosedRecords(result, closing, reader),
    ...(byOwnRules && { byOwnRules: await withClosedRecords(byOwnRules, closing, reader) }),
  }
}

async function settled(found: Found, { result }: Sides, closing: FindClosingRules): Promise<Found> {
  return { ...found, diagnostics: await settledFindings(found.diagnostics, result, closing) }
}

/** What was gathered beyond the two trees, for the rules that need it. */
type Gathered = Pick<Facts, 'proofs' | 'asOf'>

/** What is found about the change itself and about the approvals that it needs. */
function judgeChange(sides: Sides, decisions: readonly Decision[], gathered: Gathered): Found {
  const { first, base, result, byOwnRules, diagnostics } = sides
  const found = [
    ...(first ? [firstRules] : ungoverned(base)),
    ...diagnostics,
    ...findings(base, result, gathered),
    ...(byOwnRules ? findings(base, byOwnRules, gathered) : []),
    ...decisions.flatMap(approvalFinding),
  ]
  return {
    diagnostics: distinct(found),
    files: new Map([...base.files, ...result.files]),
    records: result.count,
    changes: changesBetween(base, result).map(summarise),
    decisions,
  }
}

function findings(base: Snapshot, result: Snapshot, gathered: Gathered): readonly Diagnostic[] {
  const { rulebook, records, unreadable, series, diagnostics } = result
  const [changes, forms] = [changesBetween(base, result), formFindings(records, rulebook)]
  const facts = { rulebook, records, unreadable, series, forms, changes, ...gathered }
  return [...diagnostics, ...judge([...treeRules, ...changeRules], facts)]
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

function conflicting(conflicts: readonly string[], tree: readonly TreeFile[]): Found {
  const named = conflicts.map((file) => ({ file, message: `${file} was changed on both sides` }))
  const unnamed = { file: 'records', message: 'The change does not merge cleanly' }
  const diagnostics = (named.length > 0 ? named : [unnamed]).map(
    ({ file, message }): Diagnostic => ({
      rule: 'merge-conflict',
      severity: 'error',
      message,
      place: { file, route: [] },
      hint: 'Merge the base into the branch, settle the conflict and push again',
    }),
  )
  const records = tree.filter(({ path }) => recordPath(path)).length
  return { diagnostics, files: new Map(tree.map((file) => [file.path, file])), records, changes: [] }
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((each) => [JSON.stringify([each.rule, each.message, each.place]), each]))
  return [...seen.values()]
}
