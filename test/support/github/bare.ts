import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who makes a commit, and when. */
export interface Signed {
  readonly author: string
  readonly committer?: string
  readonly at: string
}

/** A bare repository, as a forge keeps it. */
export interface Bare {
  readonly dir: string
  readonly git: (args: readonly string[], signed?: Signed, input?: string) => string
  readonly resolve: (rev: string) => string | undefined
  readonly isAncestor: (one: string, other: string) => boolean
  /** The commit and, by its branch name, the tip of every branch. */
  readonly tips: () => ReadonlyMap<string, string>
}

/** Where people's commits say that they come from; the stand-in maps these addresses to accounts. */
export function addressOf(login: string): string {
  return `${login}@example.invalid`
}

/** The repository in that folder. */
export function bareIn(dir: string): Bare {
  const git: Bare['git'] = (args, signed, input) => {
    const person = signed?.author ?? 'ada'
    const committer = signed?.committer ?? person
    return execFileSync('git', ['-c', 'commit.gpgSign=false', '-c', 'gc.auto=0', ...args], {
      cwd: dir,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(input !== undefined && { input }),
      env: {
        PATH: process.env['PATH'],
        HOME: dir,
        LC_ALL: 'C',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: person,
        GIT_AUTHOR_EMAIL: addressOf(person),
        GIT_COMMITTER_NAME: committer,
        GIT_COMMITTER_EMAIL: committer === 'GitHub' ? 'noreply@github.com' : addressOf(committer),
        GIT_AUTHOR_DATE: signed?.at ?? '2026-01-01T00:00:00Z',
        GIT_COMMITTER_DATE: signed?.at ?? '2026-01-01T00:00:00Z',
      },
    }).trim()
  }
  const succeeds = (args: readonly string[]): string | undefined => {
    try {
      return git(args)
    } catch {
      return undefined
    }
  }
  return {
    dir,
    git,
    resolve: (rev) => succeeds(['rev-parse', '--verify', '--quiet', `${rev}^{commit}`]),
    isAncestor: (one, other) => succeeds(['merge-base', '--is-ancestor', one, other]) !== undefined,
    tips: () => {
      const lines = git(['for-each-ref', '--format=%(refname:lstrip=2) %(objectname)', 'refs/heads']).split('\n')
      return new Map(lines.filter(Boolean).map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(-40)]))
    },
  }
}

/** A bare repository in that folder, beginning with the branches of another one, or with a page of its own. */
export function bareRepository(
  dir: string,
  folder: string,
  { from, guarded = [] }: { readonly from?: { readonly dir: string }; readonly guarded?: readonly string[] },
): Bare {
  const outside = bareIn(folder)
  outside.git(['init', '--quiet', '--bare', '--initial-branch=main', '--template=', dir])
  const bare = bareIn(dir)
  if (from) bare.git(['fetch', '--quiet', from.dir, '+refs/heads/*:refs/heads/*'])
  else
    bare.git([
      'update-ref',
      'refs/heads/main',
      commitOf(bare, undefined, { 'README.md': '# Records\n' }, { author: 'ada', at: '2026-01-01T00:00:00Z' }, 'Begin'),
    ])
  if (guarded.length > 0) {
    // As GitHub says it where a rule wants a pull request.
    const cases = guarded.map((branch) => `refs/heads/${branch}`).join('|')
    const said = 'remote: error: GH013: Repository rule violations found. Changes must be made through a pull request.'
    mkdirSync(join(dir, 'hooks'), { recursive: true })
    writeFileSync(
      join(dir, 'hooks', 'update'),
      `#!/bin/sh\ncase "$1" in ${cases}) echo "${said}" >&2; exit 1;; esac\n`,
      {
        mode: 0o755,
      },
    )
  }
  return bare
}

/** Files of a commit: a text is written, `null` removes the file. */
export type Files = Readonly<Record<string, string | null>>

/** Makes a commit of files on top of a parent, without a working tree. */
export function commitOf(
  bare: Bare,
  parent: string | undefined,
  files: Files,
  signed: Parameters<Bare['git']>[1],
  say: string,
): string {
  const entries = new Map<string, string>()
  const listed = parent === undefined ? '' : bare.git(['ls-tree', '-r', '-z', '--full-tree', parent])
  for (const line of listed.split('\0').filter(Boolean)) entries.set(line.slice(line.indexOf('\t') + 1), line)
  for (const [path, text] of Object.entries(files)) {
    if (text === null) entries.delete(path)
    else entries.set(path, `100644 blob ${bare.git(['hash-object', '-w', '--stdin'], undefined, text)}\t${path}`)
  }
  return bare.git(
    ['commit-tree', treeOf(bare, [...entries.values()]), ...(parent ? ['-p', parent] : []), '-m', say],
    signed,
  )
}

/** Writes the tree of a listing as `git ls-tree -r` prints it, folder by folder. */
function treeOf(bare: Bare, lines: readonly string[]): string {
  const here: string[] = []
  const below = new Map<string, string[]>()
  for (const line of lines) {
    const [meta = '', path = ''] = line.split('\t')
    const [folder = '', ...rest] = path.split('/')
    if (rest.length === 0) here.push(line)
    else below.set(folder, [...(below.get(folder) ?? []), `${meta}\t${rest.join('/')}`])
  }
  for (const [folder, inside] of below) here.push(`040000 tree ${treeOf(bare, inside)}\t${folder}`)
  return bare.git(['mktree', '-z'], undefined, here.map((line) => `${line}\0`).join(''))
}
