import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Demand } from '../core/approval/demand.ts'
import type { Evidence } from '../core/approval/evidence.ts'
import { assessmentsOf, computedOf } from '../core/change-assessment.ts'
import { changesBetween } from '../core/changes.ts'
import { judgedPaths } from '../core/record-path.ts'
import { type Compute, demandsIn, type Merge } from './approvals.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { withClosedSides } from './judge-merge.ts'
import { sidesOf } from './sides.ts'
import type { TreeReader } from './tree-reader.ts'

/** Where it is looked up, and with what. */
export interface Deciding {
  readonly git: GitDir
  readonly reader: TreeReader
}

/** A merge that was read and decided on. */
export interface OnMerge {
  readonly merge: Merge
  readonly evidence: Evidence
  readonly demands: readonly Demand[]
}

/** What is computed of the records that a merge touches. */
export const compute: Compute = (facts) => computedOf(assessmentsOf(facts))

/** What a stretch of the mainline did, read as one merge. */
export async function landedMerge(world: Deciding, base: string, tree: string): Promise<Merge> {
  return { ...(await readMerge(world, { git: world.git, base, tree })), landed: true }
}

/** Reads a merge as the gate does. */
export async function readMerge(
  { reader, git }: Deciding,
  { base, tree, git: merged }: Pick<Merge, 'git' | 'base' | 'tree'>,
): Promise<Merge> {
  const before = await readTree(git, base, judgedPaths)
  const after = await readTree(merged, tree, judgedPaths)
  const closing = closingRulesUpTo(git, async () => base)
  const sides = await withClosedSides(sidesOf(before, after, reader), { closing, reader })
  return { git: merged, base, tree, sides, changes: changesBetween(sides.base, sides.result) }
}

/** What a mainline commit asked approval for, when it came upon its parent. */
export async function demandsAt(world: Deciding, parent: string, commit: string): Promise<readonly Demand[]> {
  return demandsIn(await landedMerge(world, parent, commit), compute)
}
