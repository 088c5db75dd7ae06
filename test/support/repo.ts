import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { gitOutput } from './git-starter.ts'
import { importCommits } from './import-commits.ts'
import { readHead } from './refs.ts'

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
  /** Makes commits one after the other; what is not committed yet is lost. */
  readonly tell: (history: readonly DeclaredCommit[]) => void
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
  repo.tell(history)
  return repo
}

const settings = ['commit.gpgSign=false', 'maintenance.auto=false', 'core.autocrlf=false'].flatMap((each) => [
  '-c',
  each,
])

/** A folder as a repository to work in. */
export function repositoryIn(dir: string): TestRepo {
  const git = (args: readonly string[], at = '2026-01-01T00:00:00Z', by = 'ada', input: string | Uint8Array = '') => {
    const env = {
      PATH: process.env['PATH'],
      HOME: dir,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: by,
      GIT_AUTHOR_EMAIL: addressOf(by),
      GIT_COMMITTER_NAME: by,
      GIT_COMMITTER_EMAIL: addressOf(by),
      GIT_AUTHOR_DATE: at,
      GIT_COMMITTER_DATE: at,
    }
    return gitOutput({ args: [...settings, ...args], cwd: dir, env }, input).trim()
  }
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
    return readHead(join(dir, '.git')) ?? git(['rev-parse', 'HEAD'])
  }
  const tell: TestRepo['tell'] = (history) => {
    // What is set for paths makes another content of what is written; then git itself must look at each commit.
    const isPlain = history.every(
      ({ write: files = {} }) => !Object.keys(files).some((path) => /(^|\/)\.git/.test(path)),
    )
    if (history.length < 2 || !isPlain) {
      for (const each of history) commit(each)
      return
    }
    const fastImport = (input: Buffer): string =>
      git(['fast-import', '--quiet', '--date-format=raw'], undefined, undefined, input)
    const commits = history.map(({ at, by = 'ada', say = 'change', write: files = {} }) => {
      return { author: by, committer: by, addressOf, at, message: tidied(say), files }
    })
    git(['reset', '--hard', '--quiet', importCommits(fastImport, readHead(join(dir, '.git')), commits)])
  }
  return { dir, git: (args, at, by) => git(args, at, by), commit, tell, write }
}

function addressOf(by: string): string {
  return `${by}@example.invalid`
}

/**
 * A message as `git commit` keeps it: no space at the ends of lines, no empty lines around it, one between paragraphs.
 */
function tidied(message: string): string {
  const lines = message.split('\n').map((line) => line.trimEnd())
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '')}\n`
}
