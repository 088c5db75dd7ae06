import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const memory = '/dev/shm'
const enough = 2 ** 31

/**
 * Where tests make their repositories. Most of what a test takes is the making of many small files, so this is a folder
 * in memory where the machine has a roomy one that is like a disk in all else, and the usual temporary folder
 * elsewhere.
 */
export function scratchFolder(): string {
  return serves(memory) ? memory : tmpdir()
}

/** Whether there is room in a folder, and programs that lie there run: some tests plant one that must not be run. */
function serves(folder: string): boolean {
  let own: string | undefined
  try {
    const { bavail, bsize } = statfsSync(folder)
    own = mkdtempSync(join(folder, 'gitsm-test-'))
    const program = join(own, 'program')
    writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    execFileSync(program, { stdio: 'ignore' })
    return bavail * bsize >= enough
  } catch {
    return false
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true })
  }
}
