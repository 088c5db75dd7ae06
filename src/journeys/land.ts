import { setTimeout } from 'node:timers/promises'
import { type CommittedText, commitFiles, type Signatory } from '../adapters/git/commit-files.ts'
import { fetchTip } from '../adapters/git/fetch.ts'
import { pushCommit } from '../adapters/git/push.ts'
import { knownRemote } from '../adapters/git/remote-access.ts'
import { pathRoot } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import { pullRequestReasons } from '../core/approval/direct-lane.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { oneLine } from '../render/terminal.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import type { Found } from './conclude.ts'
import { gitHubIfAny } from './github-connection.ts'
import { judgeGate } from './judge-gate.ts'
import { mainlineOf } from './mainline-name.ts'
import { gitIdentity } from './person.ts'
import { type Proposal, type ProposedBranch, proposeBranch } from './propose-branch.ts'
import { openTip, type Tip } from './tip.ts'
import { sharingReader, type TreeReader } from './tree-reader.ts'
import type { World } from './world.ts'

/**
 * The way to the mainline. `direct`: straight, and refused where an approval is needed. `either`: straight where that
 * is allowed, else by pull request. `pull_request`: by pull request whatever the policies say.
 */
export type Lane = 'direct' | 'either' | 'pull_request'

/** A change that is to reach the mainline of a remote. */
export interface Landing<Made> {
  readonly remote: string
  /** The mainline; the branch that the remote calls its default where left out. */
  readonly branch?: string
  readonly lane: Lane
  /** Who made the change; the person whom git's settings name where left out. */
  readonly author?: Signatory
  /** Who commits it; the author where left out. */
  readonly committer?: Signatory
  /** The branch of a pull request, where there is to be one alone: the one that was opened from it is told. */
  readonly topic?: string
  /** Makes the change on the mainline as it stands. Called again when the mainline moved on in the meantime. */
  readonly make: (tip: Tip, round: number) => Promise<Proposed<Made>>
  /** Where what cannot go straight waits; a new branch of its own where left out. */
  readonly propose?: (git: GitDir, proposal: Proposal) => Promise<ProposedBranch>
}

/** What is to be committed, and what its maker wants to know of it afterwards. */
export interface Proposed<Made> {
  /** No file: nothing is to be done. */
  readonly files: readonly CommittedText[]
  readonly message: string
  readonly made: Made
}

/** What became of a change, on which tip of the mainline. */
export type Landed<Made> = { readonly made: Made; readonly tip: Tip } & (
  | { readonly kind: 'nothing' }
  | { readonly kind: 'landed'; readonly commit: string; readonly remote: string; readonly branch: string }
  /** It waits in a branch or pull request of its own, for these reasons. */
  | ({ readonly kind: 'proposed'; readonly because: readonly string[] } & ProposedBranch)
  /** The gate found errors that the change brings; nothing was pushed. */
  | { readonly kind: 'refused'; readonly found: Found }
  /** It may not go straight to the mainline; nothing was pushed. */
  | { readonly kind: 'unapproved'; readonly because: readonly string[] }
)

/** How often a change is made anew because the mainline moved on. */
const rounds = 5

/**
 * Brings a change to the mainline of a remote without a working tree: makes it on the tip, judges it as the gate would,
 * and pushes one commit, never by force. When somebody else was faster it is made and judged again on their commit.
 * What the remote does not take straight goes by pull request, unless that was ruled out.
 */
export async function landOnMainline<Made>(world: World, landing: Landing<Made>): Promise<Landed<Made>> {
  const git = await pathRoot({ dir: world.dir, env: world.env })
  const remote = await knownRemote(git, landing.remote)
  const branch = landing.branch ?? (await mainlineOf(git, remote))
  const reader = world.reader ?? sharingReader()
  let before: Tip | undefined
  for (let round = 1; round <= rounds; round++) {
    const begun = performance.now()
    const tip = await openTip(git, await fetchTip(git, remote, branch), reader, before)
    const landed = await tryOnce(world, git, { ...landing, remote, branch, round, reader, tip })
    if (landed) return landed
    before = tip
    if (round < rounds) await setTimeout(pause(world, round, performance.now() - begun))
  }
  throw new Fault(`${branch} of ${remote} moved on ${rounds} times while the change was made; nothing was written`, {
    cure: 'Run the command again',
    code: exit.outside,
  })
}

/** The longest wait between two rounds, in milliseconds. */
const longestPause = 20_000

/**
 * How long to wait before the next round: by chance, so that those who met do not meet again, and longer where it is
 * crowded.
 */
function pause({ random }: World, round: number, took: number): number {
  const [chance = 0] = random(1)
  return (chance / 255) * Math.min(took * 3 ** round, longestPause)
}

/** One attempt at a landing. */
interface Attempt<Made> extends Landing<Made> {
  readonly branch: string
  readonly round: number
  readonly reader: TreeReader
  readonly tip: Tip
}

/** What one attempt came to; `undefined` when somebody else was faster. */
async function tryOnce<Made>(world: World, git: GitDir, asked: Attempt<Made>): Promise<Landed<Made> | undefined> {
  const { remote, branch, lane, make, round, reader, tip } = asked
  const base = tip.commit
  const { files, message, made } = await make(tip, round)
  if (files.length === 0) return { kind: 'nothing', made, tip }
  const author = asked.author ?? (await gitIdentity(git))
  const { committer = author } = asked
  const commit = await commitFiles(git, { parent: base, files, message, author, committer, at: world.now })
  const found = await judgeCommit(world, tip, commit, reader)
  const errors = await errorsOf(world, tip, found, files, reader)
  if (errors.length > 0) return { kind: 'refused', found: { ...found, diagnostics: errors }, made, tip }
  const because = pullRequestReasons({
    changes: found.changes ?? [],
    decisions: found.decisions ?? [],
    base: tip.snapshot.records,
  })
  const { propose: placed = (at, what) => proposeBranch(world, at, what) } = asked
  const propose = async (reasons: readonly string[], github: GitHub | undefined) => {
    const { topic } = asked
    const proposal = { remote, into: branch, commit, message, found, ...(topic !== undefined && { topic }) }
    const proposed = await placed(git, {
      ...proposal,
      ...(github && { github }),
      autoMerge: lane !== 'pull_request',
    })
    return { kind: 'proposed', because: reasons, made, tip, ...proposed } as const
  }
  if (lane === 'direct' && because.length > 0) return { kind: 'unapproved', because, made, tip }
  if (lane === 'pull_request' || because.length > 0) return propose(because, await forgeOf(world))
  const pushed = await pushCommit(git, { remote, commit, branch })
  if (pushed.kind === 'moved') return undefined
  if (pushed.kind === 'refused') {
    const reason = `${remote} takes no direct push to ${branch}: ${pushed.reason}`
    const github = await forgeOf(world)
    if (lane === 'direct' && !github) throw notTaken(reason)
    return propose([reason], github)
  }
  return { kind: 'landed', commit, remote, branch, made, tip }
}

/**
 * The errors that a change brings. What was wrong on the mainline before stays wrong, and keeps nobody from working on
 * something else.
 */
async function errorsOf(
  world: World,
  tip: Tip,
  found: Found,
  files: readonly CommittedText[],
  reader: TreeReader,
): Promise<readonly Diagnostic[]> {
  const errors = found.diagnostics.filter(({ severity }) => severity === 'error')
  const own = new Set(files.map(({ path }) => path))
  if (errors.every(({ place }) => own.has(place.file))) return errors
  const before = await judgeCommit(world, tip, tip.commit, reader)
  const known = new Set(before.diagnostics.map(keyOf))
  return errors.filter((error) => own.has(error.place.file) || !known.has(keyOf(error)))
}

function keyOf({ rule, message, place }: Diagnostic): string {
  return JSON.stringify([rule, message, place])
}

/** What the gate says of a commit that goes on from the tip. */
export function judgeCommit(
  world: World,
  { git, commit: base, snapshot }: Tip,
  commit: string,
  reader: TreeReader,
): Promise<Found> {
  const closing = closingRulesUpTo(git, async () => base)
  const { now, asOf = now } = world
  const before = [...snapshot.files.values()]
  return judgeGate({ git, base, before, merged: { git, tree: commit }, assumed: [], now, asOf, reader, closing })
}

/** GitHub, where there is a token for it and the repository lies there. */
async function forgeOf(world: World): Promise<GitHub | undefined> {
  try {
    return await gitHubIfAny(world)
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== exit.usage) throw fault
    world.say(`note: no pull request can be opened: ${fault.message}. ${fault.cure}`)
    return undefined
  }
}

/** What waits on a branch that no pull request asks for: a person has to, or nobody ever will. */
export function onlyOnBranch({
  because,
  branch,
  next,
}: Pick<ProposedBranch, 'branch' | 'next'> & { readonly because: readonly string[] }): Fault {
  const reasons = because.map(oneLine).join('; ')
  return new Fault(`What was done stands only on the branch ${branch}${reasons === '' ? '' : `, because ${reasons}`}`, {
    cure: `${next.map(oneLine).join('. ')}. GITHUB_TOKEN lets a pull request be opened; a mainline that takes direct pushes of records needs none`,
    code: exit.outside,
  })
}

function notTaken(reason: string): Fault {
  return new Fault(`${oneLine(reason)}; nothing was written`, {
    cure: 'Use --pr, set GITHUB_TOKEN so that a pull request can be opened, or let the branch take direct pushes of records',
    code: exit.outside,
  })
}
