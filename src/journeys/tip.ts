import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { judgedPaths } from '../core/record-path.ts'
import { withClosedRecords } from './closed-records.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { load } from './load.ts'
import type { TreeReader } from './tree-reader.ts'
import type { OpenRepository } from './working-tree.ts'

/** The mainline as it stands at a remote: the commit that it ends in, and the records there. */
export interface Tip extends Omit<OpenRepository, 'root'> {
  readonly commit: string
}

/**
 * Reads the records and rules of a commit, in the root of a repository. Nothing is checked out. Of a mainline that
 * moved on only what is new is read.
 */
export async function openTip(git: GitDir, commit: string, reader: TreeReader, before?: Tip): Promise<Tip> {
  const tree = await readTree(git, commit, judgedPaths, {}, before?.snapshot.files.values())
  const registry = reader.registry(tree)
  const closing = closingRulesUpTo(git, async () => commit)
  return {
    commit,
    git,
    registry,
    snapshot: await withClosedRecords(load(tree, registry, reader), closing, reader),
  }
}
