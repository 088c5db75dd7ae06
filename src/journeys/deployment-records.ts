import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { textAt } from '../core/record.ts'
import { recordPath, recordsFolder } from '../core/record-path.ts'
import type { TreeFile } from '../core/tree.ts'
import { load, type Snapshot } from './load.ts'
import type { TreeReader } from './tree-reader.ts'

/** The folders whose records decide about a deployment. */
export const deploymentFolders: readonly string[] = [
  'ci',
  'service',
  'team',
  'policy',
  'window',
  'change-model',
  'change',
].map((type) => `${recordsFolder}/${type}`)

/**
 * Reads of a commit what decides about deployments: its rules and configuration, the changes that are not over, and
 * those that are but count for the model of one that is not, or are named. Thousands of closed changes are told apart
 * by a line of their text.
 */
export async function deploymentRecords(
  git: GitDir,
  commit: string,
  reader: TreeReader,
  named?: string,
): Promise<Snapshot> {
  const files = await readTree(git, commit, ['gitsm.yaml', 'schemas', ...deploymentFolders])
  const registry = reader.registry(files)
  const states = registry.rulebook.types.get('change')?.lifecycle?.states ?? new Map()
  const final = new Set([...states.values()].filter((state) => state.final).map(({ name }) => name))
  const [over, wanted]: [TreeFile[], TreeFile[]] = [[], []]
  for (const file of files) {
    const isLeft = isOver(file, final) && recordPath(file.path)?.basename !== named
    if (isLeft) over.push(file)
    else wanted.push(file)
  }
  const open = load(wanted, registry, reader)
  const models = new Set(open.records.ofType('change').flatMap(({ data }) => textAt(data, 'model') ?? []))
  const counting = models.size === 0 ? [] : over.filter((file) => mentionsAny(file, models))
  return counting.length === 0 ? open : load([...wanted, ...counting], registry, reader)
}

/** Whether a file is a change whose state, in the plain way in which everybody writes it, is a final one. */
function isOver({ path, bytes }: TreeFile, final: ReadonlySet<string>): boolean {
  if (!bytes || recordPath(path)?.type !== 'change') return false
  const [, state] = /^state:[ \t]+([a-z_]+)[ \t]*(?:#[^\n]*)?\r?$/m.exec(textOf(bytes)) ?? []
  return state !== undefined && final.has(state)
}

/** Whether a file names one of some ids; one with escapes may name any. */
function mentionsAny({ bytes }: TreeFile, ids: ReadonlySet<string>): boolean {
  const text = bytes ? textOf(bytes) : ''
  return text.includes('\\') || [...ids].some((id) => text.includes(id))
}

/** Bytes as text, one character each: enough to look for what is plain ASCII. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
