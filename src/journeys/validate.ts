import { stat } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { currentCommit, repositoryRoot, resolveCommit } from '../adapters/git/revision.ts'
import { readTree } from '../adapters/git/tree.ts'
import { readWorkingTree } from '../adapters/working-tree.ts'
import { Fault } from '../core/fault.ts'
import { judge } from '../core/rule.ts'
import type { TreeFile } from '../core/tree.ts'
import { dueRules, treeRules } from '../rules/index.ts'
import { settledFindings, withClosedRecords } from './closed-records.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { conclude } from './conclude.ts'
import { formFindings } from './form-facts.ts'
import { judgedPaths, load } from './load.ts'
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
  const tree: readonly TreeFile[] =
    rev === undefined
      ? await readWorkingTree(root, judgedPaths)
      : await readTree({ ...git, dir: root }, await resolveCommit(git, rev), judgedPaths)
  const closing = closingRulesUpTo(git, () => (rev === undefined ? currentCommit(git) : resolveCommit(git, rev)))
  const snapshot = await withClosedRecords(load(tree), closing)
  const { rulebook, records, unreadable, series, diagnostics, files, count } = snapshot
  const forms = formFindings(records, rulebook)
  const asOf = world.asOf ?? world.now
  const judged = [
    ...diagnostics,
    ...judge([...treeRules, ...dueRules], { rulebook, records, unreadable, series, forms, changes: [], asOf }),
  ]
  const found = await settledFindings(judged, snapshot, closing)
  const shown = found.filter(({ place }) => wanted.length === 0 || wanted.some((path) => isBelow(place.file, path)))
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
