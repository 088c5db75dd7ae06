import { changedFiles } from '../adapters/git/changed-files.ts'
import { mergeBase } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { Fault } from '../core/fault.ts'
import { recordPath } from '../core/record-path.ts'
import type { Tentative } from '../core/tentative.ts'
import { load } from './load.ts'
import { sharingReader, type TreeReader } from './tree-reader.ts'

/** An open pull request whose commits are here. */
export interface OpenHead {
  readonly number: number
  readonly head: string
}

/** As many records of one pull request are looked at; whoever writes more is not planned around, but imports. */
const most = 1_000

/**
 * The records that open pull requests propose, as their heads have them, read by the rules of the base. Records that
 * cannot be read propose nothing: what is wrong with them is told to their own pull request.
 */
export async function proposedChanges(
  git: GitDir,
  base: string,
  pulls: readonly OpenHead[],
  reader: TreeReader = sharingReader(),
): Promise<readonly Tentative[]> {
  const rules = await readTree(git, base, ['gitsm.yaml', 'schemas'])
  if (rules.length === 0) return []
  const registry = reader.registry(rules)
  const all: Tentative[] = []
  for (const { number, head } of pulls) {
    const paths = await writtenPaths(git, base, head)
    if (paths.length === 0 || paths.length > most) continue
    const { records } = load(await readTree(git, head, paths), registry, reader)
    if (records.all.length > 0) all.push({ pull: number, head, records: records.all })
  }
  return all
}

/** The record files that a branch adds or edits since it left the base. */
async function writtenPaths(git: GitDir, base: string, head: string): Promise<readonly string[]> {
  try {
    const changed = await changedFiles(git, await mergeBase(git, base, head), head)
    return changed.flatMap(({ path, after }) => (after !== null && recordPath(path) ? [path] : []))
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return []
  }
}
