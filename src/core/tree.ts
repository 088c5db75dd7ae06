/**
 * One entry of a tree, from a commit or from the working directory. `bytes` is `null` where the content was not read:
 * symbolic links, submodules and files over `readLimit`.
 */
export interface TreeFile {
  /** Path from the root of the repository, with `/`. */
  readonly path: string
  readonly mode: 'file' | 'symlink' | 'submodule'
  /** Bytes. */
  readonly size: number
  readonly bytes: Uint8Array | null
  /** The object id of the content in git; absent for a file of the working directory. */
  readonly blob?: string
}

/** The size in bytes up to which a file is read at all (DESIGN.md §1.8). */
export const largestFile: number = 64 * 1024

/** The size in bytes up to which the data beside a measurement are read: a value an hour over many years. */
export const largestData: number = 2 * 1024 * 1024

/** The size in bytes up to which the file at a path is read. */
export function readLimit(path: string): number {
  return /^records\/.+\.csv$/s.test(path) ? largestData : largestFile
}
