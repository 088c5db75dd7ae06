import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import type { Instant } from '../../core/instant.ts'
import { type GitDir, gitFailed, gitMissing, runGit, startGit } from './run.ts'

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
  /** Its first parent; absent at the root. */
  readonly parent?: string
  /** Its committer date: a claim. */
  readonly claimed: Instant
  /** The author's name. */
  readonly by: string
  readonly touches: readonly Touch[]
}

/** A stretch of the mainline: up to a commit, from its root or from behind another commit on. */
export interface MainlineRange {
  readonly tip: string
  readonly after?: string
}

/** How many commits a stretch of the mainline has. */
export async function countMainline(git: GitDir, { tip, after }: MainlineRange): Promise<number> {
  const revision = after === undefined ? tip : `${after}..${tip}`
  return Number(await runGit(git, ['rev-list', '--count', '--first-parent', revision]))
}

/** A whole mainline, oldest first; see `streamMainline`. */
export async function walkMainline(
  git: GitDir,
  tip: string,
  paths: readonly string[],
): Promise<readonly MainlineStep[]> {
  const steps: MainlineStep[] = []
  for await (const some of streamMainline(git, { tip }, paths)) for (const step of some) steps.push(step)
  return steps
}

/**
 * The commits of a stretch of the mainline, oldest first, with what each did below the given paths, some at a time as
 * git finds them: one first-parent walk, without renames, date filters or `--follow` (reference/github-and-git.md
 * §4.3 D). `--sparse` keeps the commits that touch nothing there, because their times bear witness too.
 *
 * Where `after` does not lie on the mainline the oldest step has another parent than that.
 */
export async function* streamMainline(
  git: GitDir,
  { tip, after }: MainlineRange,
  paths: readonly string[],
): AsyncGenerator<readonly MainlineStep[]> {
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
  const shape = ['--no-abbrev', '--root', '--reverse', '--encoding=UTF-8', '--format=%H %ct %P,%an']
  const revision = after === undefined ? tip : `${after}..${tip}`
  const child = startGit(git, [...args, ...shape, revision, '--', ...paths])
  const names = new Map<string, string>()
  let step: (MainlineStep & { readonly touches: Touch[] }) | undefined
  let change: RawChange | undefined
  for await (const tokens of nulEnded(git, child)) {
    const steps: MainlineStep[] = []
    for (const token of tokens) {
      if (change) {
        step?.touches.push({ path: token.toString('utf8'), ...change })
        change = undefined
        continue
      }
      const first = token[0] === newline ? 1 : 0
      if (token[first] === colon) change = rawChange(token, first)
      else if (token.length > 0) {
        // A step is whole when the next begins.
        if (step) steps.push(step)
        step = header(token, names)
      }
    }
    yield steps
  }
  if (step) yield [step]
}

const [newline, colon, space, comma] = [10, 58, 32, 44]

function header(token: Buffer, names: Map<string, string>): MainlineStep & { readonly touches: Touch[] } {
  const idEnd = token.indexOf(space)
  const timeEnd = token.indexOf(space, idEnd + 1)
  const parentsEnd = token.indexOf(comma, timeEnd)
  const [parent = ''] = token.toString('latin1', timeEnd + 1, parentsEnd).split(' ', 1)
  const name = token.toString('utf8', parentsEnd + 1)
  const by = names.get(name) ?? name
  names.set(by, by)
  return {
    commit: token.toString('latin1', 0, idEnd),
    ...(parent !== '' && { parent }),
    claimed: Number(token.toString('latin1', idEnd + 1, timeEnd)),
    by,
    touches: [],
  }
}

type RawChange = Omit<Touch, 'path'>

/** A raw line is `:old-mode new-mode old-id new-id status`, its path the next token. Modes have six digits. */
function rawChange(token: Buffer, first: number): RawChange {
  const mode = token.toString('latin1', first + 8, first + 14)
  const regular = mode === '100644' || mode === '100755'
  if (!regular) return { blob: null, unreadable: mode !== '000000' }
  const idAt = token.indexOf(space, first + 15) + 1
  return { blob: token.toString('latin1', idAt, token.indexOf(space, idAt)), unreadable: false }
}

/** What git prints, cut at the NUL bytes that end its words, as many at a time as have come. */
async function* nulEnded(git: GitDir, child: ReturnType<typeof startGit>): AsyncGenerator<readonly Buffer[]> {
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
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const words: Buffer[] = []
      let start = 0
      for (let end = data.indexOf(0); end >= 0; end = data.indexOf(0, start)) {
        words.push(data.subarray(start, end))
        start = end + 1
      }
      rest = data.subarray(start)
      if (words.length > 0) yield words
    }
  } finally {
    child.kill()
  }
  const code = await ended
  if (failure) throw failure
  if (code !== 0) throw gitFailed(git.dir, ['log'], stderr)
  if (rest.length > 0) {
    throw new Fault('git log ended in the middle of a line', { cure: 'Run the command again', code: exit.outside })
  }
}
