import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** One commit of a declared history. A text is written, `null` removes the file. */
export interface DeclaredCommit {
  /** Committer and author date, RFC 3339. */
  readonly at: string
  readonly by?: string
  readonly say?: string
  readonly write?: Readonly<Record<string, string | Uint8Array | null>>
}

/** A real repository in a temporary folder, removed when the test ends. */
export interface TestRepo {
  readonly dir: string
  /** Runs git there, by default at a fixed time and as a fixed person; gives back what it printed, trimmed. */
  readonly git: (args: readonly string[], at?: string, by?: string) => string
  /** Makes one commit and gives back its id. */
  readonly commit: (commit: DeclaredCommit) => string
  /** Writes files of the working tree only. */
  readonly write: (files: Readonly<Record<string, string | Uint8Array | null>>) => void
}

/** An empty folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gitsm-test-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Builds a repository from a declared history: the same history gives the same commit ids on every machine. */
export function repository(history: readonly DeclaredCommit[] = []): TestRepo {
  const repo = repositoryIn(temporaryFolder())
  repo.git(['init', '--quiet', '--initial-branch=main', '--template='])
  for (const each of history) repo.commit(each)
  return repo
}

/** A folder as a repository to work in. */
export function repositoryIn(dir: string): TestRepo {
  const git: TestRepo['git'] = (args, at = '2026-01-01T00:00:00Z', by = 'ada') =>
    execFileSync('git', ['-c', 'commit.gpgSign=false', '-c', 'gc.auto=0', '-c', 'core.autocrlf=false', ...args], {
      cwd: dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: dir,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: by,
        GIT_AUTHOR_EMAIL: `${by}@example.invalid`,
        GIT_COMMITTER_NAME: by,
        GIT_COMMITTER_EMAIL: `${by}@example.invalid`,
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_DATE: at,
      },
    }).trim()
  const write: TestRepo['write'] = (files) => {
    for (const [path, content] of Object.entries(files)) {
      const file = join(dir, path)
      if (content === null) rmSync(file, { force: true })
      else {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, content)
      }
    }
  }
  const commit: TestRepo['commit'] = ({ at, by, say = 'change', write: files = {} }) => {
    write(files)
    git(['add', '--all'], at, by)
    git(['commit', '--quiet', '--allow-empty', '--message', say], at, by)
    return git(['rev-parse', 'HEAD'])
  }
  return { dir, git, commit, write }
}
