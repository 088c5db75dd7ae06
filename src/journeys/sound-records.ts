import { createHash } from 'node:crypto'
import type { CacheStore } from '../adapters/cache-store.ts'
import type { TreeFile } from '../core/tree.ts'
import { rulesKey } from './tree-reader.ts'

/**
 * The files of a tree that could be read as records with nothing found about them, by the rules of that tree, and whose
 * record has the id that the file is named after.
 */
export interface SoundRecords {
  /** Whether this run or an earlier one found it so. */
  has(file: TreeFile): boolean
  add(file: TreeFile): void
  /** Keeps what was found for the next run; few new files are not worth the writing. */
  keep(): void
}

const name = 'sound-records'

/** What earlier runs found by the rules of a tree. */
export function soundRecords(cache: CacheStore | undefined, tree: readonly TreeFile[]): SoundRecords {
  const key = `${name} 1 ${createHash('sha256').update(rulesKey(tree)).digest('hex')}`
  const before = new Set(cache?.get(name, key)?.toString('utf8').split('\0') ?? [])
  const found = new Set<string>()
  let fresh = 0
  return {
    has(file) {
      const line = lineOf(file)
      if (line === undefined || !before.has(line)) return false
      found.add(line)
      return true
    },
    add(file) {
      const line = lineOf(file)
      if (line === undefined || found.has(line)) return
      found.add(line)
      fresh += 1
    },
    keep() {
      if (fresh > 0 && fresh * rewriting >= before.size) cache?.put(name, key, Buffer.from([...found].join('\0')))
    },
  }
}

/** What was kept is kept anew when at least one in so many files is new. */
const rewriting = 200

/** All that reading a file depends on; a file that git does not know has none. */
function lineOf({ path, mode, blob }: TreeFile): string | undefined {
  return blob === undefined ? undefined : `${mode} ${blob} ${path}`
}
