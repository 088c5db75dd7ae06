import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Fault } from '../core/fault.ts'
import type { Instant, Seconds } from '../core/instant.ts'
import { type GitDir, gitFailed, gitMissing, startGit } from './git/run.ts'

/** A file that a commit writes; `content: null` removes it. */
export interface CommittedFile {
  /** Path from the root of the repository, with `/`. */
  readonly path: string
  readonly content: string | Uint8Array | null
}

/** A person or program as a commit names it. */
export interface Signatory {
  readonly name: string
  readonly email: string
}

/** One commit to be written: author and committer are the same person at the same instant. */
export interface Commit {
  readonly at: Instant
  /** Seconds east of UTC in which git shows the date, in whole minutes; 0 when absent. */
  readonly offset?: Seconds
  readonly by: Signatory
  readonly message: string
  /** What changes against the commit before; a commit without files is still a commit. */
  readonly files: readonly CommittedFile[]
}

/** Where commits go. */
export interface FastImportOptions {
  readonly branch: string
  /** The commit that the first one builds on; without it the first one is a root commit. */
  readonly onto?: string
}

/** How many commits were written, and the id of the last. */
export interface FastImported {
  readonly commits: number
  readonly tip: string
}

/**
 * Writes a line of commits to a branch of a repository through one `git fast-import`, thousands a second.
 *
 * The ids depend on the arguments alone: no clock, no user, no configuration of git has a part in them. Only the branch
 * moves; index and working tree stay as they are. It stays too when a commit is wrong or the source of commits throws.
 * A `Fault` when there is no commit, when a path or a name is none that git can hold, and when git fails.
 */
export async function fastImport(
  git: GitDir,
  commits: Iterable<Commit> | AsyncIterable<Commit>,
  options: FastImportOptions,
): Promise<FastImported> {
  const child = startGit(git, ['fast-import', '--quiet', '--done', '--date-format=raw'])
  const ended = new Promise<number | Error | null>((resolve) => child.on('error', resolve).on('close', resolve))
  const [out, complaint] = [collect(child.stdout), collect(child.stderr)]
  const written = { commits: 0 }
  const failure = await pipeline(Readable.from(stream(commits, options, written)), child.stdin).then(
    () => undefined,
    (error: unknown) => error,
  )
  const code = await ended
  if (code instanceof Error) throw gitMissing(git.dir, code)
  // A broken pipe only says that git hung up; why it did is in its own words.
  if (failure !== undefined && !isHangUp(failure)) throw failure
  if (code !== 0) throw gitFailed(git.dir, ['fast-import'], fatal(complaint()))
  return { commits: written.commits, tip: out().trim() }
}

/** The stream of https://git-scm.com/docs/git-fast-import, one chunk a commit; the end asks for the id of the last. */
async function* stream(
  commits: Iterable<Commit> | AsyncIterable<Commit>,
  { branch, onto }: FastImportOptions,
  written: { commits: number },
): AsyncGenerator<Buffer> {
  for await (const commit of commits) {
    written.commits += 1
    const first = written.commits === 1 ? onto : undefined
    yield commitChunk(commit, { ref: `refs/heads/${branch}`, mark: written.commits, onto: first })
  }
  if (written.commits === 0) throw new Fault('There is no commit to write', { cure: 'Give at least one commit' })
  yield Buffer.from(`get-mark :${written.commits}\ndone\n`)
}

/** Where a commit of the stream goes, by which mark it is asked for, and the commit that it builds on. */
export interface ChunkPlace {
  readonly ref: string
  readonly mark: number
  readonly onto: string | undefined
}

/** A commit in the words of the stream; somebody else than its author may have committed it. */
export function commitChunk(commit: Commit, { ref, mark, onto }: ChunkPlace, committer: Signatory = commit.by): Buffer {
  const date = dateText(commit.at, commit.offset ?? 0)
  const [by, byWhom] = [commit.by, committer].map(
    ({ name, email }) => `${personText(name)} <${personText(email)}> ${date}`,
  )
  const message = commit.message.endsWith('\n') ? commit.message : `${commit.message}\n`
  const parts: (string | Uint8Array)[] = [
    `commit ${ref}\nmark :${mark}\nauthor ${by}\ncommitter ${byWhom}\n`,
    `data ${Buffer.byteLength(message)}\n${message}`,
  ]
  if (onto !== undefined) parts.push(`from ${onto}\n`)
  for (const { path, content } of commit.files) {
    if (content === null) parts.push(`D ${pathText(path)}\n`)
    else parts.push(`M 100644 inline ${pathText(path)}\ndata ${Buffer.byteLength(content)}\n`, content, '\n')
  }
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}

/** A name or address as git can hold it: without line breaks, NUL and angle brackets, which would end it early. */
function personText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const kept = text.replace(/ *[\u0000-\u001f\u007f<>]+ */g, ' ').trim()
  if (kept !== '') return kept
  throw new Fault(`${JSON.stringify(text)} is no name that git can hold`, {
    cure: 'Give every author a name and an address',
  })
}

/** Seconds since the epoch and the offset as `+hhmm`; git has no seconds in offsets. */
function dateText(at: Instant, offset: Seconds): string {
  const minutes = Math.round(Math.abs(offset) / 60)
  const [hh, mm] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${at} ${offset < 0 ? '-' : '+'}${hh}${mm}`
}

const unsafeStep = /^(\.{0,2}|\.git)$/i

/** A path in the stream's quoting. Paths that leave the tree, or lead into `.git`, are refused. */
function pathText(path: string): string {
  if (path.includes('\0') || path.split('/').some((step) => unsafeStep.test(step))) {
    throw new Fault(`${JSON.stringify(path)} is no path of a file in a repository`, {
      cure: 'Give a path from the root of the repository, without empty steps, dots or .git',
    })
  }
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
}

function collect(readable: Readable): () => string {
  const chunks: Buffer[] = []
  readable.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}

function isHangUp(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE'
}

/** The complaint itself, without the notice of a crash report that follows it. */
function fatal(said: string): string {
  return said.split('\n').find((line) => line.startsWith('fatal:')) ?? said
}
