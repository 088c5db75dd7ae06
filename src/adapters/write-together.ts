import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { type Disk, makeFolder, refuseLinks, writeAtomically } from './atomic-write.ts'

/** A file to be written: its path from the root with `/`, and its whole new text. */
export interface FileText {
  readonly path: string
  readonly text: string
}

/** Thousands of files would wait for the disk one by one. What a power cut takes can be written again. */
const unhurried: Disk = { ...fs, fsyncSync: () => {} }

/**
 * Writes files so that either all of them hold their new text or, when the disk refuses one, all hold what they held:
 * those written before are put back. Each file is whole at any time. Throws the `Fault` of the one that failed.
 */
export function writeTogether(root: string, files: readonly FileText[], disk: Disk = unhurried): void {
  for (const { path } of files) refuseLinks(root, join(root, path))
  const done: { readonly path: string; readonly before: Uint8Array | undefined }[] = []
  try {
    for (const { path, text } of files) {
      const full = join(root, path)
      const before = fs.existsSync(full) ? fs.readFileSync(full) : undefined
      makeFolder(dirname(full))
      writeAtomically(full, text, disk)
      done.push({ path: full, before })
    }
  } catch (fault) {
    for (const { path, before } of done.reverse()) {
      if (before) writeAtomically(path, before)
      else fs.rmSync(path, { force: true })
    }
    throw fault
  }
}
