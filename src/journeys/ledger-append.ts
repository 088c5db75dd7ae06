import { firstParents, goesOnFrom, hasCommit } from '../adapters/git/first-parent.ts'
import { fetchBranch, type LedgerAddition } from '../adapters/git/ledger-write.ts'
import { knownRemote } from '../adapters/git/remote-access.ts'
import { currentBranch, refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { pushedAt, runAddress } from '../adapters/push-event.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import type { ChainedEntry } from '../core/ledger/chain.ts'
import { entryPath, entryText, type LedgerEntry } from '../core/ledger/entry.ts'
import { aheadOfClock, nextEntry, type Relation } from '../core/ledger/next-entry.ts'
import { appendedJson, appendedText } from '../render/ledger.ts'
import type { Ledger } from './ledger-reading.ts'
import { ledgerSource } from './ledger-source.ts'
import { addToLedger } from './ledger-writing.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm ledger append` is asked. */
export interface AppendOptions {
  /** The commit that the mainline was seen to end in; HEAD when left out. */
  readonly tip?: string
  /** Name of the mainline; the branch that is checked out when left out. */
  readonly branch?: string
  /** The remote that the ledger is kept at. */
  readonly push?: string
  /** When the server took the push, where the caller knows it. */
  readonly at?: Instant
  /** Address of the run that writes. */
  readonly run?: string
}

/**
 * Writes into the ledger that the mainline ends in a commit now. Nothing is written when the ledger saw it already. A
 * mainline that does not go on from the last tip is written down as rewritten, and fails.
 */
export async function appendToLedger(world: World, options: AppendOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  await refuseShallow(git)
  const seen = await sightAsked(git, options)
  const remote = options.push === undefined ? undefined : await knownRemote(git, options.push)
  const written = await addToLedger(world, git, remote, async (ledger) => {
    const made = await entryOn(world, git, ledger, seen, remote)
    return { told: made, ...(made.isNew && { addition: entryAddition(made.entry) }) }
  })
  return told(world, { ...written, ...(await notBelieved(git, remote)) }, remote)
}

/** The entry for what is seen, or the one that had seen it already. */
export interface EntryMade {
  readonly entry: LedgerEntry
  readonly isNew: boolean
}

/** An entry, and why readers of this clone will not believe it yet. */
interface Written extends EntryMade {
  readonly unread?: string
}

/** What is asked, with tip and branch known. */
interface Asked extends AppendOptions {
  readonly tip: string
  readonly branch: string
  /** Whether the caller named the branch, and so may name another one than before. */
  readonly isNamed: boolean
}

/** What is to be written down as seen, with the tip and the name of the mainline known. */
export async function sightAsked(git: GitDir, options: AppendOptions): Promise<Asked> {
  const tip = await resolveCommit(git, options.tip ?? 'HEAD')
  return { ...options, tip, branch: options.branch ?? (await mainlineName(git)), isNamed: options.branch !== undefined }
}

/** The entry to be written on a ledger as it stands. */
export async function entryOn(
  { now }: Pick<World, 'now'>,
  git: GitDir,
  ledger: Ledger | undefined,
  { tip, branch, isNamed, run = runAddress(git.env), at: named }: Asked,
  remote: string | undefined,
): Promise<EntryMade> {
  const last = ledger?.entries.at(-1)
  if (last && last.branch !== branch && !isNamed) {
    throw new Fault(`The ledger is about the branch ${last.branch}, and this is ${branch}`, {
      cure: `Switch to ${last.branch}; if the mainline was renamed, say --branch ${branch}`,
    })
  }
  const relation = await relationOf(git, tip, last, remote === undefined ? undefined : { remote, branch })
  const pushed = pushedAt(git.env, tip, branch)
  const entry = nextEntry(last, {
    ...{ tip, branch, relation, now },
    ...(run !== undefined && { run }),
    ...(named !== undefined && { named }),
    ...(pushed !== undefined && { pushed }),
  })
  if (entry) return { entry, isNew: true }
  if (!last) throw new Error('an empty ledger has seen nothing')
  return { entry: last, isNew: false }
}

/** What an entry adds to the ledger. */
export function entryAddition(entry: LedgerEntry): Omit<LedgerAddition, 'parent'> {
  return {
    files: [{ path: entryPath(entry.sequence), text: entryText(entry) }],
    message: `Entry ${entry.sequence}: ${entry.branch} ends in ${entry.tip}`,
    at: entry.at,
  }
}

/** Why what was written is not believed here: it was pushed nowhere, or to another remote than the one that is. */
export async function notBelieved(git: GitDir, remote: string | undefined): Promise<Pick<Written, 'unread'>> {
  const { believed } = await ledgerSource(git)
  if (believed === undefined || believed === remote) return {}
  const where = remote === undefined ? 'was not pushed' : `was pushed to ${remote}`
  return {
    unread: `The entry ${where}; readers believe the ledger of ${believed}. Cure: git push ${believed} gitsm-ledger`,
  }
}

async function mainlineName(git: GitDir): Promise<string> {
  const name = await currentBranch(git)
  if (name !== undefined) return name
  const { GITHUB_REF_TYPE: kind, GITHUB_REF_NAME: ref } = git.env
  if (kind === 'branch' && ref !== undefined) return ref
  throw new Fault('No branch is checked out, so the mainline has no name', { cure: 'Name it with --branch main' })
}

/** How a tip lies to the last one. Where that is not here, it is looked for at the remote first. */
async function relationOf(
  git: GitDir,
  tip: string,
  last: ChainedEntry | undefined,
  source: { readonly remote: string; readonly branch: string } | undefined,
): Promise<Relation> {
  if (!last) return { kind: 'onward' }
  if (last.tip === tip) return { kind: 'covered' }
  if (source && !(await hasCommit(git, last.tip))) await fetchBranch(git, source.remote, source.branch)
  if (!(await hasCommit(git, last.tip))) return { kind: 'rewritten', fork: null }
  if (await goesOnFrom(git, tip, last.tip)) return { kind: 'onward' }
  const [now, before] = [await firstParents(git, tip), await firstParents(git, last.tip)]
  if (before.includes(tip)) return { kind: 'covered' }
  const shared = now.findIndex((commit, at) => commit !== before[at])
  return { kind: 'rewritten', fork: now[shared - 1] ?? null }
}

function told(world: World, { entry, isNew, unread }: Written, remote: string | undefined): Outcome {
  const ahead = isNew ? aheadOfClock(entry, world.now) : undefined
  const notes = [ahead, unread].filter((note) => note !== undefined)
  for (const note of notes) world.say(`note: ${note}`)
  const result = { entry, isNew, notes, ...(remote !== undefined && { remote }) }
  return {
    code: isNew && entry.event === 'rewritten' ? exit.findings : exit.pass,
    out: world.format === 'json' ? appendedJson(result) : appendedText(result, world.colour),
  }
}
