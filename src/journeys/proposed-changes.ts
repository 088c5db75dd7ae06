import { changedFiles } from '../adapters/git/changed-files.ts'
import { mergeBase } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import type { Registry } from '../adapters/registry.ts'
import { Fault } from '../core/fault.ts'
import type { RecordDoc } from '../core/record.ts'
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
  const registry = await registryOf(git, base, reader)
  if (!registry) return []
  const all: Tentative[] = []
  for (const { number, head } of pulls) {
    const records = await recordsOf(git, base, head, registry, reader)
    if (records.length > 0) all.push({ pull: number, head, records })
  }
  return all
}

/** The rules of the base; `undefined` where it has none, or none that can be used: then every judgement says so. */
async function registryOf(git: GitDir, base: string, reader: TreeReader): Promise<Registry | undefined> {
  const rules = await readTree(git, base, ['gitsm.yaml', 'schemas'])
  try {
    return rules.length === 0 ? undefined : reader.registry(rules)
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return undefined
  }
}

/** What cannot be read proposes nothing, and must not keep others from being judged. */
async function recordsOf(
  git: GitDir,
  base: string,
  head: string,
  registry: Registry,
  reader: TreeReader,
): Promise<readonly RecordDoc[]> {
  try {
    const paths = await writtenPaths(git, base, head)
    if (paths.length === 0 || paths.length > most) return []
    return load(await readTree(git, head, paths), registry, reader).records.all
  } catch {
    return []
  }
}

/** The record files that a branch adds or edits since it left the base. */
async function writtenPaths(git: GitDir, base: string, head: string): Promise<readonly string[]> {
  const changed = await changedFiles(git, await mergeBase(git, base, head), head)
  return changed.flatMap(({ path, after }) => (after !== null && recordPath(path) ? [path] : []))
}
