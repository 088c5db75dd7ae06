import { stat } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { currentCommit, repositoryRoot, resolveCommit } from '../adapters/git/revision.ts'
import { readTree } from '../adapters/git/tree.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import { Fault } from '../core/fault.ts'
import { judgedPaths } from '../core/record-path.ts'
import type { TreeFile } from '../core/tree.ts'
import { conclude } from './conclude.ts'
import { judgedOnce, withDue } from './judged-before.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm validate` is asked: a commit instead of the working tree, and files or folders to show findings of. */
export interface ValidateOptions {
  readonly paths: readonly string[]
  readonly rev?: string
}

/** Judges a whole tree of records for itself. */
export async function validate(world: World, { paths, rev }: ValidateOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  const root = await repositoryRoot(git)
  const wanted = await Promise.all(paths.map((path) => wantedPath(world.dir, root, path, rev)))
  const asOf = world.asOf ?? world.now
  const judgeFiles = async (tree: readonly TreeFile[]) => {
    // What judges is loaded only where a tree is judged.
    const [{ judgeTree }, { closingRulesUpTo }] = await Promise.all([
      import('./judge-tree.ts'),
      import('./closing-rules.ts'),
    ])
    const tip = () => (rev === undefined ? currentCommit(git) : resolveCommit(git, rev))
    return judgeTree(tree, closingRulesUpTo(git, tip), world)
  }
  const { diagnostics, files, count } =
    rev === undefined
      ? await judgedOnce(world, root, judgedPaths, asOf, () => judgeFiles(readWorkingTree(root, judgedPaths)))
      : withDue(
          await judgeFiles(await readTree({ ...git, dir: root }, await resolveCommit(git, rev), judgedPaths)),
          asOf,
        )
  const shown = diagnostics.filter(
    ({ place }) => wanted.length === 0 || wanted.some((path) => isBelow(place.file, path)),
  )
  return conclude(world, { diagnostics: shown, files, records: count })
}

/** A path as the user gave it, told from the root of the repository. */
async function wantedPath(dir: string, root: string, path: string, rev: string | undefined): Promise<string> {
  const full = resolve(dir, path)
  if (rev === undefined && !(await stat(full).catch(() => undefined))) {
    throw new Fault(`There is no file or folder ${path}`, { cure: 'Name one that exists, or none to judge them all' })
  }
  return relative(root, full)
}

function isBelow(file: string, folder: string): boolean {
  return folder === '' || file === folder || file.startsWith(`${folder}/`)
}
