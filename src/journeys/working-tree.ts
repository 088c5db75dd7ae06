import { currentCommit, repositoryRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { Registry } from '../adapters/registry.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import { judgedPaths } from '../core/record-path.ts'
import { withClosedRecords } from './closed-records.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { load, type Snapshot } from './load.ts'
import { plainReader } from './tree-reader.ts'
import type { World } from './world.ts'

/** The service repository that a command works in: its root, git there, and the records of its working tree. */
export interface OpenRepository {
  readonly root: string
  readonly git: GitDir
  readonly snapshot: Snapshot
  readonly registry: Registry
}

/** Opens the repository around the folder of the command and reads its working tree. */
export async function openRepository(world: World): Promise<OpenRepository> {
  const root = await repositoryRoot({ dir: world.dir, env: world.env })
  const tree = await readWorkingTree(root, judgedPaths)
  const { reader = plainReader } = world
  const registry = reader.registry(tree)
  const git = { dir: root, env: world.env }
  const closing = closingRulesUpTo(git, () => currentCommit(git))
  return { root, git, snapshot: await withClosedRecords(load(tree, registry, reader), closing, reader), registry }
}
