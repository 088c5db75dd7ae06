import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gitOutput } from '../git-starter.ts'
import { importCommits } from '../import-commits.ts'
import { readRef, readTips } from '../refs.ts'

/** Who makes a commit, and when. */
export interface Signed {
  readonly author: string
  readonly committer?: string
  readonly at: string
}

/** A bare repository, as a forge keeps it. */
export interface Bare {
  readonly dir: string
  readonly git: (args: readonly string[], signed?: Signed, input?: string | Uint8Array) => string
  /** What git says of commits that are named by their ids alone: it never says otherwise, so it is asked once. */
  readonly told: (...args: readonly string[]) => string
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
    const env = {
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
    }
    const settings = ['-c', 'commit.gpgSign=false', '-c', 'maintenance.auto=false']
    return gitOutput({ args: [...settings, ...args], cwd: dir, env }, input).trim()
  }
  const answers = new Map<string, string>()
  const told: Bare['told'] = (...args) => {
    const asked = args.join('\0')
    const answer = answers.get(asked) ?? git(args)
    answers.set(asked, answer)
    return answer
  }
  const succeeds = (ask: () => string): string | undefined => {
    try {
      return ask()
    } catch {
      return undefined
    }
  }
  const resolve: Bare['resolve'] = (rev) => {
    const ref = /^refs\/(heads|pull)\//.test(rev) ? readRef(dir, rev) : undefined
    const asked = ['rev-parse', '--verify', '--quiet', `${ref ?? rev}^{commit}`]
    return ref ?? succeeds(() => (/^[0-9a-f]{40}(\^\d?)*$/.test(rev) ? told(...asked) : git(asked)))
  }
  const ancestors = new Map<string, boolean>()
  return {
    dir,
    git,
    told,
    resolve,
    isAncestor: (one, other) => {
      const [from = one, to = other] = [resolve(one), resolve(other)]
      const known = ancestors.get(`${from} ${to}`)
      const found = known ?? succeeds(() => git(['merge-base', '--is-ancestor', from, to])) !== undefined
      ancestors.set(`${from} ${to}`, found)
      return found
    },
    tips: () => readTips(dir),
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
  { author, committer = author, at }: Signed,
  say: string,
): string {
  const fastImport = (input: Buffer): string =>
    bare.git(['fast-import', '--quiet', '--date-format=raw'], undefined, input)
  return importCommits(fastImport, parent, [
    { author, committer, addressOf, at, message: `${say.replace(/\n$/, '')}\n`, files },
  ])
}
