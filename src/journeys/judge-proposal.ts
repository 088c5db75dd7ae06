import { withMerge } from '../adapters/git/merge.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { judgedPaths, recordPath } from '../core/record-path.ts'
import type { Tentative } from '../core/tentative.ts'
import type { TreeFile } from '../core/tree.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import type { Found } from './conclude.ts'
import { judgeGate } from './judge-gate.ts'
import type { Gate } from './judge-merge.ts'
import { sharingReader } from './tree-reader.ts'
import type { World } from './world.ts'

/** A merge that somebody proposes, and what is known around it. */
export interface Proposed {
  readonly base: string
  readonly head: string
  /** Absent where nothing is known of a pull request. */
  readonly pull?: PullRequest
  /** Logins of people who are taken to have approved. */
  readonly assumed?: readonly string[]
  /** What other open pull requests propose; absent where nobody asked GitHub. */
  readonly others?: readonly Tentative[]
  /** How many files a tree needs for only what matters of it to be read; 5,000 where left out. */
  readonly excerptFrom?: number
}

/**
 * Judges what merging head into base would change. What is judged is the merge result; what judges it are the schemas,
 * lifecycles, policies and teams of base, so that no change can relax the rules for itself.
 */
export function judgeProposal(
  world: Pick<World, 'now' | 'asOf' | 'reader'>,
  git: GitDir,
  { base, head, pull, assumed = [], others, excerptFrom }: Proposed,
): Promise<Found> {
  return withMerge(git, base, head, async (merged) => {
    const mustBeApproved = pull !== undefined
    if ('conflicts' in merged) {
      return { ...conflicting(merged.conflicts, await readTree(git, base, judgedPaths)), mustBeApproved }
    }
    const gate: Gate = {
      ...{ git, base, merged, assumed, now: world.now, asOf: world.asOf ?? world.now },
      reader: world.reader ?? sharingReader(),
      closing: closingRulesUpTo(git, async () => base),
      ...(pull && { pull }),
      ...(others && { others }),
    }
    const found = await judgeGate(gate, excerptFrom)
    return { ...found, mustBeApproved, assumed }
  })
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
