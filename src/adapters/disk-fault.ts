import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { fragment } from '../core/fragment.ts'

/** What the operating system says, and what a person can do about it. */
const known: Readonly<Record<string, readonly [why: string, cure: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space and run the command again'],
  EDQUOT: ['your share of the disk is used up', 'Free some space and run the command again'],
  EACCES: ['you may not', 'Give yourself the right to it (chmod, chown) and run the command again'],
  EPERM: ['you may not', 'Give yourself the right to it (chmod, chown) and run the command again'],
  EROFS: ['the disk is read-only', 'Mount it for writing, or work in a copy elsewhere'],
  EIO: ['the disk reports an error', 'Check the disk, then run the command again'],
  EMFILE: [
    'too many files are open',
    'Raise the limit (ulimit -n) or close other programs, then run the command again',
  ],
  ENFILE: ['too many files are open', 'Close other programs, then run the command again'],
  ENOTDIR: ['a folder in its path is a file', 'Move that file away'],
  EISDIR: ['it is a folder', 'Move that folder away'],
  ENAMETOOLONG: ['its name is too long', 'Choose a shorter name'],
}

/** A failed operation on the disk as a `Fault` with its cure: `doing` completes "… cannot be", as `written`. */
export function diskFault(path: string, doing: 'read' | 'written', cause: unknown): Fault {
  const code = errorCode(cause) ?? 'unknown error'
  const [why, cure] = known[code] ?? [code, 'Check the file and its folder, then run the command again']
  return new Fault(`${fragment(path)} cannot be ${doing}: ${why}`, { cure, code: exit.outside, cause })
}

/** The code of an error of the operating system, as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
