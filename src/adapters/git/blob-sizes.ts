import { type GitDir, runGit } from './run.ts'

/** The sizes of blobs in bytes, by id, without their contents; an id that names nothing is left out. */
export async function blobSizes(git: GitDir, ids: Iterable<string>): Promise<ReadonlyMap<string, number>> {
  const input = Array.from(new Set(ids), (id) => `${id}\n`).join('')
  if (input === '') return new Map()
  const told = await runGit(git, ['cat-file', '--buffer', '--batch-check=%(objectname) %(objectsize)'], { input })
  const sizes = new Map<string, number>()
  for (const line of told.toString('latin1').split('\n')) {
    const [id = '', size = ''] = line.split(' ')
    if (/^\d+$/.test(size)) sizes.set(id, Number(size))
  }
  return sizes
}
