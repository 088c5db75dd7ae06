import type { GitDir } from '../adapters/git/run.ts'
import { listTree } from '../adapters/git/tree.ts'
import { addTo } from '../core/lists-by-key.ts'
import { judgedPaths, recordPath, recordsFolder } from '../core/record-path.ts'

/** The names of all records of a tree, from which much can be told without reading one. */
export interface TreeNames {
  /** How many files there are that records are judged by, records among them. */
  readonly size: number
  /** The types that have records, by the folders below `records/`, each with the paths of its records. */
  readonly types: ReadonlyMap<string, readonly string[]>
  /** The path of a record; `undefined` where there is none. */
  pathOf(type: string, id: string): string | undefined
  /** Paths of records that bear one of some ids in any letter case. */
  namesakes(ids: ReadonlySet<string>): readonly string[]
}

/** Reads the names in a tree. */
export async function treeNames(git: GitDir, treeish: string): Promise<TreeNames> {
  const entries = await listTree(git, treeish, judgedPaths)
  const types = new Map<string, string[]>()
  const byKey = new Map<string, string>()
  const spoken = new Map<string, string[]>()
  for (const { path, mode } of entries) {
    const record = path.startsWith(recordsFolder) && mode === 'file' ? recordPath(path) : undefined
    if (!record) continue
    const { type, basename } = record
    within(types, type, path)
    within(spoken, spokenId(basename), path)
    if (!byKey.has(`${type}/${basename}`)) byKey.set(`${type}/${basename}`, path)
  }
  return {
    size: entries.length,
    types,
    pathOf: (type, id) => byKey.get(`${type}/${id}`),
    namesakes: (ids) => [...ids].flatMap((id) => spoken.get(spokenId(id)) ?? []),
  }
}

function within(lists: Map<string, string[]>, key: string, path: string): void {
  addTo(lists, key, path)
}

/** Ids that differ in letter case only are one when they are spoken. */
function spokenId(id: string): string {
  return id.normalize('NFC').toLowerCase()
}
