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
  const ask = (...args: string[]) => runGit(git, [...careful.flatMap((each) => ['-c', each]), ...args])
  const [tracked, changed, others, settings] = await Promise.all([
    ask('ls-files', '-s', '-v', '-z', '--', '.gitattributes', ...paths),
    ask(
      'diff-files',
      '-z',
      '--name-only',
      '--no-renames',
      '--ignore-submodules=none',
      '--',
      '.gitattributes',
      ...paths,
    ),
    ask('ls-files', '-o', '-z', '--', '.gitattributes', ...paths),
    askGit(git, ['config', '-z', '--get-regexp', conversions]),
  ])
  if (!speaksForItsFiles(tracked)) return undefined
  const hash = createHash('sha256').update(tracked).update('\0').update(settings.stdout).update('\0')
  for (const path of new Set([...names(changed), ...names(others)])) {
    hash.update(`\0${path}\0`)
    for (const { mode, size, bytes } of readWorkingTree(git.dir, [path])) {
      hash.update(`${mode} ${size} ${bytes?.length}\0`).update(bytes ?? '')
    }
  }
  return hash.digest('hex')
}

/** Whether git looks at every file of a listing: none unmerged, taken as unchanged, left out, or another repository. */
function speaksForItsFiles(listing: Buffer): boolean {
  for (let at = 0; at < listing.length; at = listing.indexOf(0, at) + 1) {
    const isOrdinary =
      listing.toString('latin1', at, at + 5) === 'H 100' || listing.toString('latin1', at, at + 5) === 'H 120'
    if (!isOrdinary) return false
  }
  return true
}

function names(listing: Buffer): readonly string[] {
  return listing.toString('utf8').split('\0').filter(Boolean)
}
