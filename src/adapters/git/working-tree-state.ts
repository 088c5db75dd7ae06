import { createHash } from 'node:crypto'
import { readWorkingTree } from '../working-tree.ts'
import { askGit, type GitDir, runGit } from './run.ts'

/** Settings under which git looks at every file as carefully as it can. */
const careful = ['core.trustctime=true', 'core.checkStat=default', 'core.ignoreStat=false', 'core.symlinks=true']

/** Settings that say how a blob becomes a file. */
const conversions = '^(core\\.(autocrlf|eol|attributesfile)|filter\\..*)$'

/**
 * What tells the content of some paths of a working tree from any other, without reading files that git knows to be as
 * its index has them: git compares times, sizes and inodes, and reads what was written so late that these cannot tell.
 * Other files are read. `undefined` where the index does not speak for its files.
 */
export async function workingTreeState(git: GitDir, paths: readonly string[]): Promise<string | undefined> {
  const asked = ['ls-files', '-z', '-v', '-s', '--cached', '--modified', '--deleted', '--others', '--']
  const [listing, settings] = await Promise.all([
    runGit(git, [...careful.flatMap((each) => ['-c', each]), ...asked, '.gitattributes', ...paths]),
    askGit(git, ['config', '-z', '--get-regexp', conversions]),
  ])
  const dirty = dirtyIn(listing)
  if (!dirty) return undefined
  const hash = createHash('sha256').update(listing).update('\0').update(settings.stdout).update('\0')
  for (const path of new Set(dirty)) {
    hash.update(`\0${path}\0`)
    for (const { mode, size, bytes } of readWorkingTree(git.dir, [path])) {
      hash.update(`${mode} ${size} ${bytes?.length}\0`).update(bytes ?? '')
    }
  }
  return hash.digest('hex')
}

/**
 * The paths of a listing that are not as the index has them, or not in it. `undefined` where git does not look at every
 * file of it: where one is unmerged, taken as unchanged, left out, or another repository.
 */
function dirtyIn(listing: Buffer): readonly string[] | undefined {
  const dirty: string[] = []
  for (let at = 0; at < listing.length; at = listing.indexOf(0, at) + 1) {
    const [tag, mode] = [listing.toString('latin1', at, at + 2), listing.toString('latin1', at + 2, at + 5)]
    const entry = listing.toString('utf8', at + 2, tag === 'H ' ? at + 2 : listing.indexOf(0, at))
    if (tag === '? ') dirty.push(entry)
    else if (!['H ', 'C ', 'R '].includes(tag) || !['100', '120'].includes(mode)) return undefined
    else if (tag !== 'H ') dirty.push(entry.slice(entry.indexOf('\t') + 1))
  }
  return dirty
}
