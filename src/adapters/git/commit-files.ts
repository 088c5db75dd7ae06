import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import type { Instant } from '../../core/instant.ts'
import { type GitDir, runGit } from './run.ts'

/** A person or program as a commit names it. */
export interface Signatory {
  readonly name: string
  readonly email: string
}

/** A file as a commit leaves it; `null` where it is gone. */
export interface CommittedFile {
  readonly path: string
  readonly text: string | null
}

/** A commit to be made. */
export interface NewCommit {
  /** The commit to go on from; absent for the first of a branch. */
  readonly parent?: string
  readonly files: readonly CommittedFile[]
  readonly message: string
  readonly author: Signatory
  /** The author where left out. */
  readonly committer?: Signatory
  readonly at: Instant
}

/**
 * Makes a commit that changes some files and gives back its id. Only objects are written: no branch moves, and neither
 * working tree nor index has a part. The id depends on the arguments alone.
 */
export async function commitFiles(git: GitDir, commit: NewCommit): Promise<string> {
  const { parent, files, message, author, committer = author, at } = commit
  let tree = parent === undefined ? undefined : `${parent}^{tree}`
  for (const { path, text } of files) {
    const blob = text === null ? undefined : await answer(git, ['hash-object', '-w', '--stdin'], text)
    tree = await treeWith(git, tree, { path, route: path.split('/'), blob })
  }
  const env = { ...identity('AUTHOR', author, at), ...identity('COMMITTER', committer, at) }
  const parents = parent === undefined ? [] : ['-p', parent]
  const args = ['commit-tree', tree ?? (await answer(git, ['mktree'], '')), ...parents]
  return (await runGit(git, args, { input: `${message}\n`, env })).toString('utf8').trim()
}

function identity(role: string, { name, email }: Signatory, at: Instant): Readonly<Record<string, string>> {
  const who = { NAME: name, EMAIL: email, DATE: `${at} +0000` }
  return Object.fromEntries(Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]))
}

/** Where in a tree a blob is to stand; nowhere any more where there is none. */
interface Standing {
  readonly path: string
  readonly route: readonly string[]
  readonly blob: string | undefined
}

/** The id of a tree that has one file otherwise than another tree; `undefined` where nothing is left in it. */
async function treeWith(git: GitDir, tree: string | undefined, standing: Standing): Promise<string | undefined> {
  const { path, route } = standing
  const [name = '', ...below] = route
  if (['', '.', '..', '.git'].includes(name.toLowerCase())) throw new Error(`${path} is no path of a commit`)
  const entries = tree === undefined ? [] : (await answer(git, ['ls-tree', '-z', tree])).split('\0').filter(Boolean)
  const before = entries.find((entry) => entry.endsWith(`\t${name}`))
  const own = below.length === 0 ? fileEntry(before, standing) : await folderEntry(git, before, standing, below)
  const listing = entries.flatMap((entry) => (entry === before ? (own ?? []) : entry))
  if (before === undefined && own !== undefined) listing.push(own)
  if (listing.length === 0) return undefined
  return answer(git, ['mktree', '-z'], listing.map((entry) => `${entry}\0`).join(''))
}

function fileEntry(before: string | undefined, { path, route, blob }: Standing): string | undefined {
  if (before !== undefined && !/^100(644|755) blob /.test(before)) throw notAFile(path)
  const mode = before?.slice(0, 6) ?? '100644'
  return blob === undefined ? undefined : `${mode} blob ${blob}\t${route[0] ?? ''}`
}

async function folderEntry(
  git: GitDir,
  before: string | undefined,
  standing: Standing,
  below: readonly string[],
): Promise<string | undefined> {
  const [, id] = /^040000 tree ([0-9a-f]+)\t/.exec(before ?? '') ?? []
  if (before !== undefined && id === undefined) throw notAFile(standing.path)
  const tree = await treeWith(git, id, { ...standing, route: below })
  return tree === undefined ? undefined : `040000 tree ${tree}\t${standing.route[0] ?? ''}`
}

function notAFile(path: string): Fault {
  return new Fault(`${path} cannot be written: a link, a folder or a file stands in its way`, {
    cure: 'Remove what stands there, in a pull request of its own',
    code: exit.refused,
  })
}

async function answer(git: GitDir, args: readonly string[], input?: string): Promise<string> {
  return (await runGit(git, args, input === undefined ? {} : { input })).toString('utf8').trim()
}
