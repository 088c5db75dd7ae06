import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskFault, errorCode } from '../adapters/disk-fault.ts'
import { askGit, type GitDir } from '../adapters/git/run.ts'
import { Fault } from '../core/fault.ts'

/** Holds the tip of the demo as it was made. It lies in `.git`, so that no commit ever carries it. */
const marker = join('.git', 'gitsm-demo')

/** Marks a folder as made by the demo, so that the next run may replace it. */
export function markDemo(folder: string, tip: string): void {
  try {
    writeFileSync(join(folder, marker), `${tip}\n`)
  } catch (cause) {
    throw diskFault(marker, 'written', cause)
  }
}

/**
 * Whether a folder is an earlier demo, which may be replaced. A `Fault` when somebody has worked in it since: their
 * work is not thrown away.
 */
export async function isEarlierDemo(git: GitDir, shown: string): Promise<boolean> {
  const tip = markedTip(git.dir)
  if (tip === undefined) return false
  const said = await Promise.all([
    askGit(git, ['rev-parse', 'HEAD']),
    askGit(git, ['for-each-ref', '--format=%(objectname) %(refname)']),
    askGit(git, ['status', '--porcelain', '--untracked-files=all']),
  ])
  const [head, refs, changes] = said.map(({ code, stdout }) =>
    code === 0 ? stdout.toString('utf8').trim() : undefined,
  )
  if (head !== tip || refs !== `${tip} refs/heads/main` || changes !== '') {
    throw new Fault(`${shown} is a demo that somebody has worked in since`, {
      cure: `Name another folder (gitsm demo <dir>), or remove it first: rm -r ${shown}`,
    })
  }
  return true
}

/** Empties a folder. */
export function clearFolder(folder: string, shown: string): void {
  try {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
  } catch (cause) {
    throw diskFault(shown, 'written', cause)
  }
}

function markedTip(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, marker), 'utf8').trim()
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(cause) ?? '')) return undefined
    throw diskFault(join(folder, marker), 'read', cause)
  }
}
