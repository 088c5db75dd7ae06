/** A commit to be written without a working tree. */
export interface ImportedCommit {
  readonly author: string
  readonly committer: string
  /** Whose address it bears; by default `<name>@example.invalid`. */
  readonly addressOf: (name: string) => string
  /** Author and committer date, RFC 3339. */
  readonly at: string
  /** The whole message, with its last line feed. */
  readonly message: string
  /** A text is written, `null` removes the file. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>
}

/** Runs `git fast-import` with this as its standard input, and gives back what it printed. */
export type FastImport = (input: Buffer) => string

const made = 'refs/import/made'
const nowhere = '0'.repeat(40)

/**
 * Writes a line of commits on top of a parent with one start of git, and gives back the id of the last. No branch
 * moves. Ids are the same as those that `git commit` would make.
 */
export function importCommits(
  fastImport: FastImport,
  parent: string | undefined,
  commits: readonly ImportedCommit[],
): string {
  const stream = commits.flatMap(({ author, committer, addressOf, at, message, files }, index) => {
    const signed = (role: string, name: string): string => `${role} ${name} <${addressOf(name)}> ${dateOf(at)}\n`
    const from = index === 0 ? parent : `:${index}`
    return [
      `commit ${made}\nmark :${index + 1}\n${signed('author', author)}${signed('committer', committer)}`,
      ...data(message),
      from === undefined ? '' : `from ${from}\n`,
      ...Object.entries(files).flatMap(([path, content]) =>
        content === null ? [`D ${quoted(path)}\n`] : [`M 100644 inline ${quoted(path)}\n`, ...data(content)],
      ),
    ]
  })
  const end = [`reset ${made}\nfrom ${nowhere}\n\n`, `get-mark :${commits.length}\n`]
  return fastImport(Buffer.concat([...stream, ...end].map((part) => Buffer.from(part)))).trim()
}

function data(content: string | Uint8Array): readonly (string | Uint8Array)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n']
}

/** Seconds since 1970 and the offset that git shows the date in. */
function dateOf(at: string): string {
  const seconds = Date.parse(at) / 1000
  const [, sign = '+', hours = '00', minutes = '00'] = /([+-])(\d\d):?(\d\d)$/.exec(at) ?? []
  if (!Number.isInteger(seconds)) throw new Error(`no instant in whole seconds: ${at}`)
  return `${seconds} ${sign}${hours}${minutes}`
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`
}
