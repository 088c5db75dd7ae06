import { type Commit, fastImport } from '../../../src/adapters/fast-import.ts'
import { type GitDir, runGit } from '../../../src/adapters/git/run.ts'
import { formatInstant, type Instant } from '../../../src/core/instant.ts'
import { decisionFile, decisionsOf } from '../evidence.ts'
import { ledgerFiles } from '../ledger.ts'
import { instant } from '../life.ts'
import type { Deed, Offence } from './offence.ts'

/** A commit that the rules do not allow: what it does, and the rules that say so, in alphabetical order. */
export interface PlantedCommit {
  readonly commit: string
  readonly kind: string
  readonly finds: readonly string[]
}

const branch = 'main'
const minute = 60

/** Between these instants offences lie: the example organisation has its rules by then. */
const span = { from: instant('2026-01-07T10:00:00Z'), until: instant('2026-10-14T10:00:00Z') }

/** After the last honest commit. */
const tail = { from: instant('2026-11-04T10:00:00Z'), until: instant('2026-11-06T10:00:00Z') }

/** Something to be committed: an honest commit, or a deed of an offence. */
type Event = { readonly at: Instant } & (
  | { readonly honest: Commit }
  | { readonly deed: Deed; readonly kind: string; readonly honest?: never }
)

/**
 * Writes honest commits to `main` of an empty repository, with offences planted among them at even distances, and after
 * them, when a ledger has begun, what was not authorised; gives back the commits that should be found.
 */
export async function plantedMainline(
  git: GitDir,
  honest: readonly Commit[],
  offences: readonly Offence[],
  unauthorised: readonly Offence[],
): Promise<readonly PlantedCommit[]> {
  const events = [
    ...honest.map((each): Event => ({ at: each.at, honest: each })),
    ...deedsOf(offences, span),
    ...deedsOf(unauthorised, tail),
  ].toSorted((a, b) => a.at - b.at)
  await runGit(git, ['init', '--quiet', `--initial-branch=${branch}`])
  const texts = new Map<string, string>()
  let pending: Commit[] = []
  let tip: string | undefined
  const flush = async (): Promise<void> => {
    if (pending.length === 0) return
    const written = await fastImport(git, pending, { branch, ...(tip !== undefined && { onto: tip }) })
    tip = written.tip
    pending = []
  }
  for (const event of events) {
    const commit = event.honest ?? commitOf(event, texts)
    for (const { path, content } of commit.files) {
      if (content === null) texts.delete(path)
      else texts.set(path, typeof content === 'string' ? content : new TextDecoder().decode(content))
    }
    if (event.honest || !event.deed.link) {
      pending.push(commit)
    } else {
      await flush()
      tip = await linkCommit(git, tip ?? '', commit, event.deed.link)
    }
  }
  await flush()
  const ids = (await runGit(git, ['rev-list', '--first-parent', '--reverse', branch])).toString('utf8').split('\n')
  const begins = events.findIndex(({ at }) => at >= tail.from)
  const approved = events.flatMap((event, position) =>
    event.honest || event.deed.approved === undefined
      ? []
      : [{ subject: event.deed.approved, commit: ids[position] ?? '', at: event.at }],
  )
  await writeLedger(git, ids[begins - 1] ?? '', approved)
  return events.flatMap((event, position) =>
    event.honest || !event.deed.finds
      ? []
      : [{ commit: ids[position] ?? '', kind: event.kind, finds: event.deed.finds }],
  )
}

function deedsOf(offences: readonly Offence[], { from, until }: typeof span): readonly Event[] {
  return offences.flatMap(({ kind, deeds }, index): readonly Event[] => {
    let at = from + Math.floor(((until - from) * index) / offences.length)
    return deeds.map((deed, position) => {
      if (position > 0) at += deed.after ?? minute
      return { at, deed, kind }
    })
  })
}

/** A ledger that begins with a tip, and knows what was decided on these. */
async function writeLedger(
  git: GitDir,
  tip: string,
  approved: readonly { readonly subject: string; readonly commit: string; readonly at: Instant }[],
): Promise<void> {
  const entries = ledgerFiles([{ tip, at: formatInstant(tail.from) }])
  const decisions: { readonly path: string; readonly text: string }[] = []
  for (const [index, { subject, commit, at }] of approved.entries()) {
    const decided = await decisionsOf(git, { commit, number: index + 1, at })
    decisions.push(...decided.filter((each) => each.subject === subject).map(decisionFile))
  }
  const files = [...entries, ...decisions].map(({ path, text }) => ({ path, content: text }))
  const commit = { at: tail.until, by: { name: 'ci', email: 'ci@example.invalid' }, message: 'Ledger', files }
  await fastImport(git, [commit], { branch: 'gitsm-ledger' })
}

const mallory = { name: 'mallory', email: 'mallory@example.invalid' }

function commitOf(
  { at, deed, kind }: { readonly at: Instant; readonly deed: Deed; readonly kind: string },
  texts: ReadonlyMap<string, string>,
): Commit {
  const files = Object.entries(deed.write(formatInstant(at), texts))
  return {
    at: deed.dated?.(at) ?? at,
    by: mallory,
    message: kind,
    files: files.map(([path, content]) => ({ path, content })),
  }
}

/** A commit that `git fast-import` of ours does not make: a symbolic link or a submodule at a path. */
async function linkCommit(
  git: GitDir,
  tip: string,
  { at, message }: Commit,
  { path, mode }: NonNullable<Deed['link']>,
): Promise<string> {
  const date = `${at} +0000`
  const person = { NAME: mallory.name, EMAIL: mallory.email, DATE: date }
  const env = {
    GIT_INDEX_FILE: `${git.dir}/.git/planted-index`,
    ...Object.fromEntries(
      Object.entries(person).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    ),
  }
  const run = async (args: readonly string[], input?: string): Promise<string> =>
    (await runGit(git, args, { env, ...(input !== undefined && { input }) })).toString('utf8').trim()
  const target = mode === '160000' ? tip : await run(['hash-object', '-w', '--stdin'], '/etc/passwd')
  await run(['read-tree', tip])
  await run(['update-index', '--add', '--cacheinfo', `${mode},${target},${path}`])
  const commit = await run(['commit-tree', '-p', tip, '-m', message, await run(['write-tree'])])
  await run(['update-ref', `refs/heads/${branch}`, commit])
  return commit
}
