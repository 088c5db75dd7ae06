import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { Fault } from '../core/fault.ts'
import { makeFolder, writeAtomically } from './atomic-write.ts'
import { diskFault } from './disk-fault.ts'

/** A file to be added to a folder: its path from there with `/`, and what it holds. */
export interface AddedFile {
  readonly path: string
  readonly content: string | Uint8Array
  readonly executable: boolean
}

/**
 * Adds a file to a folder, with the folders on its way. What is there already stays, whatever it is: then the answer is
 * false. A `Fault` (exit code 4) when the disk refuses, and one (exit code 2) where a symbolic link would lead
 * elsewhere.
 */
export function addFile(root: string, { path, content, executable }: AddedFile): boolean {
  const steps = path.split('/')
  for (const length of steps.slice(1).keys()) {
    const above = steps.slice(0, length + 1).join('/')
    if (!found(root, above)?.isSymbolicLink()) continue
    throw new Fault(`${above} is a symbolic link, so ${path} is not written`, {
      cure: 'Replace the link by a folder, or name another folder',
    })
  }
  if (found(root, path)) return false
  const file = join(root, path)
  makeFolder(dirname(file))
  writeAtomically(file, content)
  if (executable) {
    try {
      fs.chmodSync(file, 0o755)
    } catch (cause) {
      throw diskFault(path, 'written', cause)
    }
  }
  return true
}

function found(root: string, path: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(join(root, path), { throwIfNoEntry: false })
  } catch (cause) {
    throw diskFault(path, 'written', cause)
  }
}
