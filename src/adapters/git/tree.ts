import { compare } from '../../core/diagnostic.ts'
import { readLimit, type TreeFile } from '../../core/tree.ts'
import { readBlobs } from './objects.ts'
import { askGit, type GitDir, runGit } from './run.ts'

/** One line of `git ls-tree -r -z -l`: mode, kind, object id, size (`-` for submodules), path. */
const entryForm = /^(\d{6}) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s

interface Entry {
  readonly path: string
  readonly mode: TreeFile['mode']
  readonly id: string
  readonly size: number
}

/**
 * The files of a commit or tree below the given paths, in path order. Nothing is checked out. Contents that are known
 * from another tree are not read again.
 */
export async function readTree(
  git: GitDir,
  treeish: string,
  paths: readonly string[],
  env: Readonly<Record<string, string>> = {},
  known: Iterable<TreeFile> = [],
): Promise<readonly TreeFile[]> {
  const listing = await runGit(git, ['ls-tree', '-r', '-z', '-l', '--full-tree', treeish, '--', ...paths], { env })
  const entries = listing.toString('utf8').split('\0').filter(Boolean).map(entry)
  const contents = new Map<string, Uint8Array>()
  for (const { blob, bytes } of known) if (blob !== undefined && bytes) contents.set(blob, bytes)
  const wanted = new Set(entries.filter(isWanted).map(({ id }) => id))
  for (const id of contents.keys()) wanted.delete(id)
  for await (const { id, bytes } of readBlobs(git, wanted, env)) contents.set(id, bytes)
  return entries
    .map(({ path, mode, size, id }) => ({
      path,
      mode,
      size,
      bytes: isWanted({ path, mode, size, id }) ? (contents.get(id) ?? null) : null,
      blob: id,
    }))
    .toSorted((a, b) => compare(a.path, b.path))
}

function isWanted({ path, mode, size }: Entry): boolean {
  return mode === 'file' && size <= readLimit(path)
}

function entry(line: string): Entry {
  const [, mode = '', kind, id = '', size, path = ''] = entryForm.exec(line) ?? []
  return {
    path,
    id,
    size: size === '-' ? 0 : Number(size),
    mode: kind === 'commit' ? 'submodule' : mode === '120000' ? 'symlink' : 'file',
  }
}

/** The names of the files of a commit or tree below the given paths, in git's order. No content is looked at. */
export async function listTree(
  git: GitDir,
  treeish: string,
  paths: readonly string[],
): Promise<readonly Pick<TreeFile, 'path' | 'mode'>[]> {
  const listing = await runGit(git, ['ls-tree', '-r', '-z', '--full-tree', treeish, '--', ...paths])
  const entries: Pick<TreeFile, 'path' | 'mode'>[] = []
  for (const line of listing.toString('utf8').split('\0')) {
    if (line === '') continue
    const mode = line.startsWith('160000') ? 'submodule' : line.startsWith('120000') ? 'symlink' : 'file'
    entries.push({ path: line.slice(line.indexOf('\t') + 1), mode })
  }
  return entries
}

/** The names of the folders in a folder of a commit. */
export async function folderNames(git: GitDir, commit: string, folder: string): Promise<readonly string[]> {
  const { code, stdout } = await askGit(git, ['ls-tree', '-d', '-z', '--name-only', `${commit}:${folder}`])
  return code === 0 ? stdout.toString('utf8').split('\0').filter(Boolean) : []
}
