import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'

/** A folder that git can be asked about; the environment is handed in, so that nothing is read behind the scenes. */
export interface GitDir {
  readonly dir: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Settings of every call: nothing of the repository or the user may change what git prints, and nothing that a
 * repository configures is run.
 */
const fixed = [
  '--literal-pathspecs',
  '--no-pager',
  ...[
    'core.quotePath=false',
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'log.showSignature=false',
    'diff.renames=false',
    'i18n.logOutputEncoding=UTF-8',
    'gc.auto=0',
    // Otherwise git starts another git after each fetch, only to find that there is nothing to tidy up.
    'maintenance.auto=false',
    // A merge result is computed as a forge does, which finds renames.
    'merge.renames=true',
  ].flatMap((setting) => ['-c', setting]),
]

/** Variables that git needs to run at all; every GIT_* variable of the caller is left behind. */
const passed = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'TMPDIR', 'TEMP', 'XDG_CONFIG_HOME']

function environment(env: GitDir['env'], extra: Readonly<Record<string, string>>): Record<string, string> {
  const kept = passed.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]))
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_NO_REPLACE_OBJECTS: '1',
    // Grafts would cut history off without a word.
    GIT_GRAFT_FILE: '/dev/null',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'https:ssh:file',
    ...extra,
  }
}

/** Starts git with fixed settings; the arguments are ours, never a user's text without `--` or a resolved commit id. */
export function startGit(
  git: GitDir,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): ChildProcessByStdio<Writable, Readable, Readable> {
  try {
    return spawn('git', [...fixed, ...args], {
      cwd: git.dir,
      env: environment(git.env, extra),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
  } catch (cause) {
    throw gitMissing(git.dir, cause)
  }
}

/** What one call of git printed, and its exit code. */
export interface GitAnswer {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** Runs git to its end and gives back what it said, whatever its exit code. */
export function askGit(
  git: GitDir,
  args: readonly string[],
  options: { readonly input?: string | Uint8Array; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = startGit(git, args, options.env)
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.stdin.on('error', () => {})
    child.on('error', (cause) => reject(gitMissing(git.dir, cause)))
    child.on('close', (code, signal) =>
      resolve({
        code: code ?? 128 + (signal ? constants.signals[signal] : 0),
        stdout: Buffer.concat(out),
        stderr: Buffer.concat(err).toString('utf8'),
      }),
    )
    child.stdin.end(options.input)
  })
}

/** Runs git, which must succeed; anything else is a `Fault` in plain words. */
export async function runGit(
  git: GitDir,
  args: readonly string[],
  options: Parameters<typeof askGit>[2] = {},
): Promise<Buffer> {
  const answer = await askGit(git, args, options)
  if (answer.code !== 0) throw gitFailed(git.dir, args, answer.stderr)
  return answer.stdout
}

/** The fault for a git that cannot be started: no such folder, or no git. */
export function gitMissing(dir: string, cause: unknown): Fault {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    return new Fault(`There is no folder ${dir}`, { cure: 'Name one that exists with -C, or make it first', cause })
  }
  return new Fault(`git could not be started in ${dir}`, {
    cure: 'Check that git 2.38 or newer is installed and on the PATH',
    cause,
  })
}

/** The fault for a git that said no, with the cure where the reason is a known one. */
export function gitFailed(dir: string, args: readonly string[], stderr: string): Fault {
  const said = stderr.trim().split('\n').at(-1) ?? ''
  if (/not a git repository/i.test(stderr)) {
    return new Fault(`${dir} is not in a git repository`, {
      cure: 'Run the command inside a service repository, name one with -C, or make one with: gitsm init',
    })
  }
  if (/dubious ownership/i.test(stderr)) {
    return new Fault(`git does not trust ${dir}, because another user owns it`, {
      cure: `If you trust it: git config --global --add safe.directory ${dir}`,
    })
  }
  if (/\.lock'?: File exists|unable to create .*\.lock/i.test(stderr)) {
    return new Fault(`The repository is locked: ${said}`, {
      cure: 'Wait for the other git command to end; if none is running, remove the lock file it names',
      code: exit.outside,
    })
  }
  if (/no space left on device|disk quota exceeded/i.test(stderr)) {
    return new Fault(`git ${args[0] ?? ''} failed, because the disk is full`, {
      cure: 'Free some space and run the command again',
      code: exit.outside,
      cause: stderr,
    })
  }
  return new Fault(`git ${args[0] ?? ''} failed: ${said}`, {
    cure: 'Run git fsck to see whether the repository is sound',
    code: exit.outside,
    cause: stderr,
  })
}
