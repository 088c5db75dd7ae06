import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { compare } from '../core/diagnostic.ts'
import { Fault } from '../core/fault.ts'
import type { CommittedFile } from './fast-import.ts'

/**
 * All regular files below some folders of a root, in the order of their paths, which are told from the root with `/`.
 */
export async function folderFiles(root: string, folders: readonly string[]): Promise<readonly CommittedFile[]> {
  const files: CommittedFile[] = []
  for (const folder of folders) {
    for (const entry of await entriesOf(join(root, folder))) {
      if (!entry.isFile()) continue
      const full = join(entry.parentPath, entry.name)
      files.push({ path: full.slice(join(root, sep).length).split(sep).join('/'), content: await readFile(full) })
    }
  }
  return files.sort((a, b) => compare(a.path, b.path))
}

async function entriesOf(folder: string): Promise<Awaited<ReturnType<typeof listing>>> {
  try {
    return await listing(folder)
  } catch (cause) {
    throw new Fault(`The folder ${folder} cannot be read`, {
      cure: 'Install GitSM again: it brings this folder along',
      cause,
    })
  }
}

function listing(folder: string) {
  return readdir(folder, { recursive: true, withFileTypes: true })
}
