import { once } from 'node:events'
import type { Fault } from '../../core/fault.ts'
import { type GitDir, gitFailed, gitMissing, startGit } from './run.ts'

/** The contents of blobs, in the order of the ids. A missing object ends the stream with a `Fault`. */
export async function* readBlobs(
  git: GitDir,
  ids: Iterable<string>,
  env: Readonly<Record<string, string>> = {},
): AsyncGenerator<{ readonly id: string; readonly bytes: Buffer }> {
  const asked = [...ids]
  if (asked.length === 0) return
  let told = 0
  for await (const blobs of streamBlobs(git, [asked], env)) {
    for (const bytes of blobs) yield { id: asked[told++] ?? '', bytes }
  }
}

/**
 * The contents of blobs in the order asked, some at a time, from one `git cat-file --batch` that works while ids are
 * still being found. A missing object ends the stream with a `Fault`, and so does what ends the ids.
 *
 * Git keeps the last answers to itself until there are enough to write, or no more ids: whoever waits for answers
 * before asking on must have asked for some thousand blobs.
 */
export async function* streamBlobs(
  git: GitDir,
  ids: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  env: Readonly<Record<string, string>> = {},
): AsyncGenerator<readonly Buffer[]> {
  const child = startGit(git, ['cat-file', '--batch', '--buffer'], env)
  let failure: unknown
  let stderr = ''
  child.on('error', (cause) => {
    failure = gitMissing(git.dir, cause)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  child.stdin.on('error', () => {})
  const gone = new Promise((resolve) => child.on('close', resolve))

  let asked = 0
  const ask = async (): Promise<void> => {
    for await (const some of ids) {
      if (some.length === 0) continue
      asked += some.length
      if (child.stdin.destroyed) return
      if (!child.stdin.write(`${some.join('\n')}\n`)) await Promise.race([once(child.stdin, 'drain'), gone])
    }
  }
  const asking = ask()
    .catch((cause) => {
      failure ??= cause
    })
    .finally(() => child.stdin.end())

  let told = 0
  try {
    for await (const blobs of answers(git, child.stdout)) {
      told += blobs.length
      yield blobs
    }
    await asking
    await gone
    if (failure) throw failure
    if (told < asked) throw gitFailed(git.dir, ['cat-file'], stderr)
  } finally {
    child.stdin.destroy()
    child.kill()
  }
}

/** Cuts what `git cat-file --batch` prints (`<id> blob <size>`, the content, a line feed) into contents. */
async function* answers(git: GitDir, stdout: AsyncIterable<Buffer>): AsyncGenerator<readonly Buffer[]> {
  let pieces: Buffer[] = []
  let [have, needed] = [0, 0]
  for await (const chunk of stdout) {
    pieces.push(chunk)
    have += chunk.length
    if (have < needed) continue
    const data = pieces.length === 1 ? chunk : Buffer.concat(pieces)
    const blobs: Buffer[] = []
    let at = 0
    for (;;) {
      const lineEnd = data.indexOf(10, at)
      needed = 0
      if (lineEnd < 0) break
      const end = lineEnd + 1 + sizeIn(git, data.toString('latin1', at, lineEnd))
      needed = end + 1 - at
      if (end + 1 > data.length) break
      blobs.push(data.subarray(lineEnd + 1, end))
      at = end + 1
    }
    const rest = data.subarray(at)
    pieces = rest.length === 0 ? [] : [rest]
    have = rest.length
    if (blobs.length > 0) yield blobs
  }
}

function sizeIn(git: GitDir, line: string): number {
  const [id = '', kind, size] = line.split(' ')
  if (kind !== 'blob') throw missing(git, id)
  return Number(size)
}

function missing(git: GitDir, id: string): Fault {
  return gitFailed(git.dir, ['cat-file'], `object ${id} is missing or no blob`)
}
