import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { Fault } from '../core/fault.ts'
import { diskFault, errorCode } from './disk-fault.ts'

/**
 * Builds a folder out of sight and shows it under its name when it is complete. `fill` writes into the folder it is
 * given, which lies on the same disk; when it throws, nothing is left behind.
 *
 * The folder may exist already if it is empty. A `Fault` when it is not, when its parent is missing, and when the disk
 * refuses.
 */
export async function newFolder<T>(path: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const target = resolve(path)
  const standing = await refuseFull(path)
  const beside = standing === 'missing' ? join(dirname(target), `.${basename(target)}-`) : join(target, '.gitsm-')
  const stage = await onDisk(path, () => mkdtemp(beside))
  try {
    // A folder of mkdtemp is private to its maker; the one inside gets the usual permissions.
    const folder = join(stage, 'folder')
    await onDisk(path, () => mkdir(folder))
    const outcome = await fill(folder)
    await onDisk(path, () => (standing === 'missing' ? rename(folder, target) : spill(folder, target)))
    return outcome
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
}

/** A `Fault` for a folder that holds something, and for a file; whether there is a folder otherwise. */
export async function refuseFull(path: string): Promise<'empty' | 'missing'> {
  const standing = await contents(resolve(path))
  if (standing === undefined) return 'missing'
  if (standing.length === 0) return 'empty'
  throw new Fault(`${path} is not empty`, { cure: 'Name a folder that is empty or does not exist yet' })
}

/** Moves what one folder holds into another, which is empty and keeps its identity: someone may stand in it. */
async function spill(from: string, into: string): Promise<void> {
  const moved: string[] = []
  try {
    for (const name of await readdir(from)) {
      await rename(join(from, name), join(into, name))
      moved.push(name)
    }
  } catch (error) {
    for (const name of moved) await rm(join(into, name), { recursive: true, force: true })
    throw error
  }
}

async function contents(folder: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined
    if (errorCode(cause) === 'ENOTDIR') {
      throw new Fault(`${folder} is a file`, { cure: 'Name a folder that is empty or does not exist yet', cause })
    }
    throw diskFault(folder, 'read', cause)
  }
}

async function onDisk<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw diskFault(path, 'written', cause)
    throw new Fault(`There is no folder ${dirname(resolve(path))}`, {
      cure: 'Make it first, or name another folder',
      cause,
    })
  }
}
