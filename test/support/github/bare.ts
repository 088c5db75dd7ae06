import { execFileSync } from 'node:child_process'

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
