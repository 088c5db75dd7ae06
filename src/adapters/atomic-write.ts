import * as fs from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { diskFault, errorCode } from './disk-fault.ts'

/** The operations on the disk that a write is made of: those of `node:fs`, or ones that fail on purpose. */
export type Disk = Pick<
  typeof fs,
  | 'statSync'
  | 'openSync'
  | 'fchmodSync'
  | 'writeFileSync'
  | 'fsyncSync'
  | 'closeSync'
  | 'renameSync'
  | 'unlinkSync'
  | 'readdirSync'
>

/** Makes a folder and those above it that are missing. Throws a `Fault` (exit code 4) when the disk refuses. */
export function makeFolder(path: string): void {
  try {
    fs.mkdirSync(path, { recursive: true })
  } catch (cause) {
    throw diskFault(path, 'written', cause)
  }
}

/**
 * Refuses a path below a root that a symbolic link would lead elsewhere: a `Fault` (exit code 3) that names the link.
 * The file itself may be a link: it is replaced, not followed.
 */
export function refuseLinks(root: string, path: string): void {
  const steps = relative(root, path).split(sep)
  for (const length of steps.keys()) {
    const above = join(root, ...steps.slice(0, length))
    if (length === 0 || !fs.lstatSync(above, { throwIfNoEntry: false })?.isSymbolicLink()) continue
    throw new Fault(`${relative(root, above)} is a symbolic link, so nothing is written through it`, {
      cure: 'Replace the link by a folder',
      code: exit.refused,
    })
  }
}

const temporary = /^\..+\.gitsm-(\d+)$/

/** Whether a name is that of a file still being written, or left behind by a process that was killed. */
export function isTemporary(name: string): boolean {
  return temporary.test(name)
}

/** What a file is to hold: as a whole, or in pieces that follow each other. */
export type Content = string | Uint8Array | readonly Uint8Array[]

/**
 * Writes a file so that it holds either what it held or the new content, whole, whatever happens in between: the
 * content goes to a file beside it, to the disk, and then takes the name. Permissions stay; the folder must exist.
 *
 * Throws a `Fault` (exit code 4) when the disk refuses; no temporary file stays behind. What an earlier process left
 * when it was killed is cleared away.
 */
export function writeAtomically(path: string, content: Content, disk: Disk = fs): void {
  const folder = dirname(path)
  const beside = join(folder, `.${basename(path)}.gitsm-${process.pid}`)
  try {
    clearLeftovers(folder, basename(path), disk)
    const mode = disk.statSync(path, { throwIfNoEntry: false })?.mode
    try {
      fill(beside, content, mode, disk)
      disk.renameSync(beside, path)
    } catch (error) {
      remove(beside, disk)
      throw error
    }
    persist(folder, disk)
  } catch (cause) {
    throw diskFault(path, 'written', cause)
  }
}

function fill(path: string, content: Content, mode: number | undefined, disk: Disk): void {
  const file = disk.openSync(path, 'wx')
  let open = true
  try {
    if (mode !== undefined) disk.fchmodSync(file, mode & 0o7777)
    const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content
    for (const piece of pieces) disk.writeFileSync(file, piece)
    disk.fsyncSync(file)
    open = false
    disk.closeSync(file)
  } finally {
    if (open) fs.closeSync(file)
  }
}

/** Puts the new name on the disk. Some systems cannot do that for folders; there the name is safe a little later. */
function persist(folder: string, disk: Disk): void {
  const handle = disk.openSync(folder, 'r')
  try {
    disk.fsyncSync(handle)
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP', 'EBADF'].includes(errorCode(error) ?? '')) throw error
  } finally {
    fs.closeSync(handle)
  }
}

/** Removes what processes that are gone left beside a file. */
function clearLeftovers(folder: string, name: string, disk: Disk): void {
  for (const entry of disk.readdirSync(folder)) {
    if (!entry.startsWith(`.${name}.gitsm-`)) continue
    const writer = Number(temporary.exec(entry)?.[1])
    if (Number.isInteger(writer) && (writer === process.pid || !isRunning(writer))) remove(join(folder, entry), disk)
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

function remove(path: string, disk: Disk): void {
  try {
    disk.unlinkSync(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') fs.rmSync(path, { force: true })
  }
}
