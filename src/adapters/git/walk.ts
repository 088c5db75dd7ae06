import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import type { Instant } from '../../core/instant.ts'
import { type GitDir, gitFailed, gitMissing, startGit } from './run.ts'

/** What one mainline commit did to one path. `blob` is `null` where the path is gone, or no longer a regular file. */
export interface Touch {
  readonly path: string
  readonly blob: string | null
  /** Whether the path became something that cannot be read as a record: a symbolic link or a submodule. */
  readonly unreadable: boolean
}

/** One commit of the mainline as git tells it. */
export interface MainlineStep {
  readonly commit: string
  /** Its committer date: a claim. */
  readonly claimed: Instant
  /** The author's name. */
  readonly by: string
  readonly touches: readonly Touch[]
}

/**
 * The mainline up to a commit, oldest first, with what each commit did below the given paths: one first-parent walk,
 * without renames, date filters or `--follow` (reference/github-and-git.md §4.3 D). `--sparse` keeps the commits that
 * touch nothing there, because their times bear witness too.
 */
export async function walkMainline(
  git: GitDir,
  tip: string,
  paths: readonly string[],
): Promise<readonly MainlineStep[]> {
  const args = [
    'log',
    '--first-parent',
    '--sparse',
    '--diff-merges=first-parent',
    '--raw',
    '-z',
    '--no-renames',
    '-O/dev/null',
  ]
  const shape = ['--no-abbrev', '--root', '--reverse', '--encoding=UTF-8', '--format=%H %ct %an']
  const child = startGit(git, [...args, ...shape, tip, '--', ...paths])
  const steps: { commit: string; claimed: Instant; by: string; touches: Touch[] }[] = []
  let change: string | undefined
  for await (const token of tokens(git, child)) {
    if (change !== undefined) {
      steps.at(-1)?.touches.push(touch(change, token))
      change = undefined
    } else if (token.startsWith(':') || token.startsWith('\n:')) {
      change = token
    } else if (token !== '') {
      steps.push(header(token))
    }
  }
  return steps
}

function header(token: string): { commit: string; claimed: Instant; by: string; touches: Touch[] } {
  const [commit = '', time = ''] = token.split(' ', 2)
  return { commit, claimed: Number(time), by: token.slice(commit.length + time.length + 2), touches: [] }
}

/** A raw line is `:old-mode new-mode old-id new-id status`, its path the next token. */
function touch(raw: string, path: string): Touch {
  const [, mode = '', , blob = ''] = raw.split(' ')
  const regular = mode === '100644' || mode === '100755'
  return { path, blob: regular ? blob : null, unreadable: !regular && mode !== '000000' }
}

/** What git prints, cut at the NUL bytes. */
async function* tokens(git: GitDir, child: ReturnType<typeof startGit>): AsyncGenerator<string> {
  let failure: Fault | undefined
  let stderr = ''
  child.on('error', (cause) => {
    failure = gitMissing(git.dir, cause)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  child.stdin.end()
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, start)) {
      yield data.toString('utf8', start, end)
      start = end + 1
    }
    rest = data.subarray(start)
  }
  const code = await ended
  if (failure) throw failure
  if (code !== 0) throw gitFailed(git.dir, ['log'], stderr)
  if (rest.length > 0) {
    throw new Fault('git log ended in the middle of a line', { cure: 'Run the command again', code: exit.outside })
  }
}
