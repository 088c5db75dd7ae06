import { withMerge } from '../adapters/git/merge.ts'
import { resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { judgedPaths, recordPath } from '../core/record-path.ts'
import type { TreeFile } from '../core/tree.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { conclude, type Found } from './conclude.ts'
import { judgeGate } from './judge-gate.ts'
import type { Gate } from './judge-merge.ts'
import { pullRequestFor } from './pull-request.ts'
import { sharingReader } from './tree-reader.ts'
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
  /** How many files a tree needs for only what matters of it to be read; 5,000 where left out. */
  readonly excerptFrom?: number
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
    if ('conflicts' in merged)
      return conclude(world, conflicting(merged.conflicts, await readTree(git, base, judgedPaths)))
    const gate: Gate = {
      ...{
        git,
        base,
        merged,
        reader: world.reader ?? sharingReader(),
        closing: closingRulesUpTo(git, async () => base),
      },
      ...{ now: world.now, asOf: world.asOf ?? world.now, assumed: options.assume ?? [], ...(pull && { pull }) },
    }
    const found = await judgeGate(gate, options.excerptFrom)
    return conclude(world, { ...found, mustBeApproved: options.pull !== undefined, assumed: gate.assumed })
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
