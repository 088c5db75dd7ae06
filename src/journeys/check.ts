import { withMerge } from '../adapters/git/merge.ts'
import { resolveCommit } from '../adapters/git/revision.ts'

import { readTree } from '../adapters/git/tree.ts'
import { type Registry, readRegistry } from '../adapters/registry.ts'
import { changesBetween, summarise } from '../core/changes.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Facts } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import { recordPath } from '../core/record-path.ts'
import { judge } from '../core/rule.ts'
import type { TreeFile } from '../core/tree.ts'
import { changeRules, treeRules } from '../rules/index.ts'
import { conclude, type Found } from './conclude.ts'
import { judgedPaths, load, type Snapshot } from './load.ts'
import { gatherProofs } from './proofs.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm check` is asked: which commit would be merged into which. */
export interface CheckOptions {
  readonly base: string
  readonly head: string
}

/**
 * Judges what merging head into base would change. What is judged is the merge result; what judges it are the schemas,
 * lifecycles and configuration of base, so that no change can relax the rules for itself.
 */
export async function check(world: World, options: CheckOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  const [base, head] = [await resolveCommit(git, options.base), await resolveCommit(git, options.head)]
  return withMerge(git, base, head, async (merged) => {
    const before = await readTree(git, base, judgedPaths)
    if ('conflicts' in merged) return conclude(world, conflicting(merged.conflicts, before))
    const after = await readTree(merged.git, merged.tree, judgedPaths)
    const judging = judgingOf(before, after)
    const asOf = world.asOf ?? world.now
    const proofs = await gatherProofs(
      { git, tip: base, asOf, result: judging.result, judging: judging.base.records },
      changesBetween(judging.base, judging.result),
    )
    return conclude(world, judgeChange(after, judging, { proofs }))
  })
}

/** Both sides as the rules of the base read them, and what the rules of the merge result are. */
interface Judging {
  readonly bootstrap: boolean
  readonly ofBase: Registry
  readonly ofResult: { readonly registry: Registry; readonly diagnostics: readonly Diagnostic[] }
  readonly base: Snapshot
  readonly result: Snapshot
}

function judgingOf(before: readonly TreeFile[], after: readonly TreeFile[]): Judging {
  const bootstrap = before.length === 0
  const ofBase = readRegistry(bootstrap ? after : before)
  const ofResult = bootstrap ? { registry: ofBase, diagnostics: [] } : registryOfResult(before, after, ofBase)
  const [base, result] = [load(before, ofBase), load(after, withNewTypes(ofBase, ofResult.registry))]
  return { bootstrap, ofBase, ofResult, base, result }
}

/** What was gathered beyond the two trees, for the rules that need it. */
type Gathered = Pick<Facts, 'proofs'>

/** The decision itself, from the files of the base and of the merge result. */
function judgeChange(
  after: readonly TreeFile[],
  { bootstrap, ofBase, ofResult, base, result }: Judging,
  gathered: Gathered,
): Found {
  const byBase = findings(base, result, gathered)
  const byResult = ofResult.registry === ofBase ? [] : findings(base, load(after, ofResult.registry), gathered)
  return {
    diagnostics: distinct([...(bootstrap ? [firstRules] : []), ...ofResult.diagnostics, ...byBase, ...byResult]),
    files: new Map([...base.files, ...result.files]),
    records: result.count,
    changes: changesBetween(base, result).map(summarise),
  }
}

function findings(base: Snapshot, result: Snapshot, gathered: Gathered): readonly Diagnostic[] {
  const { rulebook, records, unreadable, series, diagnostics } = result
  const facts = { rulebook, records, unreadable, series, changes: changesBetween(base, result), ...gathered }
  return [...diagnostics, ...judge([...treeRules, ...changeRules], facts)]
}

const firstRules: Diagnostic = {
  rule: 'bootstrap',
  severity: 'notice',
  message: 'The base holds no rules yet, so this change is judged by its own',
  place: { file: 'gitsm.yaml', route: [] },
  hint: 'Protect the branch once it is merged: from then on the base judges',
}

/** The rules of the merge result where it changes them; rules that cannot be read are a finding about the change. */
function registryOfResult(
  before: readonly TreeFile[],
  after: readonly TreeFile[],
  ofBase: Registry,
): { readonly registry: Registry; readonly diagnostics: readonly Diagnostic[] } {
  if (rulesText(before) === rulesText(after)) return { registry: ofBase, diagnostics: [] }
  try {
    const registry = readRegistry(after)
    registry.proveSchemas()
    // Some schemas show only on records that they cannot judge.
    load(after, registry)
    return { registry, diagnostics: [] }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    const file = /^[\w./-]+/.exec(fault.message)?.[0] ?? 'gitsm.yaml'
    const place = { file: after.some(({ path }) => path === file) ? file : 'gitsm.yaml', route: [] }
    const diagnostic: Diagnostic = {
      rule: 'rules-readable',
      severity: 'error',
      message: fault.message,
      place,
      hint: fault.cure,
    }
    return { registry: ofBase, diagnostics: [diagnostic] }
  }
}

function rulesText(tree: readonly TreeFile[]): string {
  return tree
    .filter(({ path }) => !path.startsWith('records/'))
    .map(({ path, bytes }) => `${path}\0${bytes ? Buffer.from(bytes).toString('latin1') : ''}`)
    .join('\0')
}

/** The base judges every type that it knows; a type that the change brings is judged by its own schema. */
function withNewTypes(base: Registry, result: Registry): Registry {
  if (base === result) return base
  const types = new Map([...result.rulebook.types, ...base.rulebook.types])
  const judging = (type: string): Registry => (base.rulebook.types.has(type) ? base : result)
  return {
    ...base,
    rulebook: { config: base.rulebook.config, types },
    schemaDiagnostics: (type, file, data) => judging(type).schemaDiagnostics(type, file, data),
  }
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
