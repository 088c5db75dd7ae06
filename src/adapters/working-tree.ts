import * as fs from 'node:fs'
import { join } from 'node:path'
import { compare } from '../core/diagnostic.ts'
import { largestFile, readLimit, type TreeFile } from '../core/tree.ts'
import { isTemporary } from './atomic-write.ts'
import { diskFault, errorCode } from './disk-fault.ts'

/**
 * The files of a working tree at or below some paths (`records`, `gitsm.yaml`), in path order. Paths that do not exist
 * give nothing.
 *
 * Symbolic links are listed, not followed, also where a folder on the way is one; so are folders with a git repository
 * of their own, as submodules. Files over `readLimit` are listed, not read. Sockets, pipes and devices are left out,
 * as git does. Throws a `Fault` (exit code 4) for what may not be read.
 */
export function readWorkingTree(root: string, paths: readonly string[]): readonly TreeFile[] {
  const files = new Map<string, TreeFile>()
  for (const path of paths) {
    for (const file of filesBelow(root, path.split('/').filter(Boolean))) files.set(file.path, file)
  }
  return [...files.values()].toSorted((a, b) => compare(a.path, b.path))
}

function* filesBelow(root: string, names: readonly string[]): Iterable<TreeFile> {
  for (const length of names.keys()) {
    const above = names.slice(0, length + 1).join('/')
    const found = reading(above, () => fs.lstatSync(join(root, above), { throwIfNoEntry: false }))
    if (!found) return
    const isLast = length + 1 === names.length
    if (found.isDirectory()) {
      if (isLast) yield* filesIn(root, above)
    } else if (found.isSymbolicLink()) {
      yield link(above)
      return
    } else if (found.isFile() && isLast) yield* fileAt(root, above)
  }
}

function* filesIn(root: string, folder: string): Iterable<TreeFile> {
  const entries = reading(folder, () => fs.readdirSync(join(root, folder), { withFileTypes: true })) ?? []
  if (entries.some(({ name }) => name === '.git')) {
    yield { path: folder, mode: 'submodule', size: 0, bytes: null }
    return
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* filesIn(root, path)
    else if (entry.isSymbolicLink()) yield link(path)
    else if (entry.isFile() && !isTemporary(entry.name)) yield* fileAt(root, path)
  }
}

function link(path: string): TreeFile {
  return { path, mode: 'symlink', size: 0, bytes: null }
}

/** A file, measured and read through one handle, so that nothing else can take its place in between. */
function* fileAt(root: string, path: string): Iterable<TreeFile> {
  // Bytes of a name that are no UTF-8 reach us as replacement characters, and then no file has that name.
  if (path.includes('\ufffd')) {
    yield { path, mode: 'file', size: 0, bytes: null }
    return
  }
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants
  const handle = reading(path, () => fs.openSync(`${root}/${path}`, O_RDONLY | O_NOFOLLOW | O_NONBLOCK))
  if (handle === undefined) return
  try {
    const bytes = reading(path, () => contentWithin(handle, readLimit(path))) ?? null
    yield { path, mode: 'file', size: bytes?.length ?? fs.fstatSync(handle).size, bytes }
  } finally {
    fs.closeSync(handle)
  }
}

/** What most files fit into; asking for the size of each first takes longer than reading it. */
const scratch = Buffer.allocUnsafe(largestFile + 1)

/** The content of a file if it is not longer than so many bytes. */
function contentWithin(handle: number, limit: number): Buffer | null {
  let length = 0
  for (;;) {
    const count = fs.readSync(handle, scratch, length, scratch.length - length, null)
    if (count === 0) return Buffer.from(scratch.subarray(0, length))
    length += count
    if (length === scratch.length) break
  }
  if (fs.fstatSync(handle).size > limit) return null
  const bytes = Buffer.concat([scratch, fs.readFileSync(handle)])
  return bytes.length > limit ? null : bytes
}

/** What a look at the disk gives; `undefined` for what has gone since it was listed. */
function reading<T>(path: string, look: () => T): T | undefined {
  try {
    return look()
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(cause) ?? '')) return undefined
    throw diskFault(path, 'read', cause)
  }
}
