import { type GitDir, gitFailed, gitMissing, startGit } from './run.ts'

/** How many ids are handed to git ahead of the answers read, so that neither side's pipe can fill up for good. */
const ahead = 512

/**
 * The contents of blobs, in the order of the ids, from one `git cat-file --batch`. A missing object ends the stream
 * with a `Fault`.
 */
export async function* readBlobs(
  git: GitDir,
  ids: Iterable<string>,
  env: Readonly<Record<string, string>> = {},
): AsyncGenerator<{ readonly id: string; readonly bytes: Buffer }> {
  const source = ids[Symbol.iterator]()
  const child = startGit(git, ['cat-file', '--batch'], env)
  const failure = new Promise<never>((_, reject) => child.on('error', (cause) => reject(gitMissing(git.dir, cause))))
  failure.catch(() => {})
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8')
  })
  child.stdin.on('error', () => {})

  const asked: string[] = []
  const askMore = (): void => {
    let text = ''
    while (asked.length < ahead) {
      const { value, done } = source.next()
      if (done) {
        if (!child.stdin.writableEnded) child.stdin.end(text)
        return
      }
      asked.push(value)
      text += `${value}\n`
    }
    if (text !== '') child.stdin.write(text)
  }

  const chunks = child.stdout[Symbol.asyncIterator]()
  let buffer = Buffer.alloc(0)
  const fill = async (): Promise<boolean> => {
    const { value, done } = await Promise.race([chunks.next(), failure])
    if (done) return false
    buffer = buffer.length === 0 ? value : Buffer.concat([buffer, value])
    return true
  }

  try {
    askMore()
    for (let id = asked.shift(); id !== undefined; id = asked.shift()) {
      let lineEnd = buffer.indexOf(10)
      while (lineEnd < 0) {
        if (!(await fill())) throw gitFailed(git.dir, ['cat-file'], stderr)
        lineEnd = buffer.indexOf(10)
      }
      const [, kind, length] = buffer.toString('latin1', 0, lineEnd).split(' ')
      if (kind !== 'blob') throw gitFailed(git.dir, ['cat-file'], `object ${id} is missing or no blob`)
      const start = lineEnd + 1
      const end = start + Number(length)
      while (buffer.length < end + 1) {
        if (!(await fill())) throw gitFailed(git.dir, ['cat-file'], stderr)
      }
      yield { id, bytes: buffer.subarray(start, end) }
      buffer = buffer.subarray(end + 1)
      if (asked.length < ahead / 2) askMore()
    }
  } finally {
    child.stdin.destroy()
    child.kill()
  }
}
