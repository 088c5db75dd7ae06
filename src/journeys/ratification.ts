import type { GitHub } from '../adapters/github/connection.ts'
import { isOurs } from '../adapters/github/own-account.ts'
import { closedPullRequests, openPullRequests, type PullRequestSummary } from '../adapters/github/pull-request.ts'
import { editYaml } from '../adapters/yaml/edit.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant, humanInstant } from '../core/instant.ts'
import type { LedgerDecision } from '../core/ledger/decision.ts'
import { type PendingRatification, pendingRatifications } from '../core/ledger/pending-ratification.ts'
import type { TreeFile } from '../core/tree.ts'
import { gitHubIfAny } from './github-connection.ts'
import { landOnMainline, type Proposed } from './land.ts'
import { readDecisions, readFurthestLedger } from './ledger-reading.ts'
import { ledgerSource } from './ledger-source.ts'
import { actionsAccount, configuredIdentity } from './person.ts'
import type { Tip } from './tip.ts'
import type { World } from './world.ts'

/** Where ratifications are asked for. */
export interface RatificationPlace {
  readonly remote: string
  /** The mainline. */
  readonly branch: string
}

/** Something that waits for its approval after the merge, and the pull request that asks for it, where there is one. */
export interface AskedRatification extends PendingRatification {
  readonly pull?: { readonly number: number; readonly url: string }
  /** Why none could be opened. */
  readonly because?: string
}

/** What was merged before its approval and still waits for it, by the ledger that is believed here. */
export async function ratificationsDue(
  world: Pick<World, 'dir' | 'env' | 'now'>,
): Promise<readonly PendingRatification[]> {
  const ledger = await readFurthestLedger(world, await ledgerSource(world))
  return ledger ? pendingRatifications((await readDecisions(world, ledger)).decisions, world.now) : []
}

/**
 * Opens a pull request for everything that waits for its approval after the merge: it appends to the log of the record
 * that this commit is to be ratified, and who approves it approves what the commit did. Each is opened once, whatever
 * became of it; without GitHub nothing is opened.
 */
export async function askForRatifications(
  world: World,
  place: RatificationPlace,
): Promise<readonly AskedRatification[]> {
  const due = await ratificationsDue(world)
  const first = Math.min(...due.map(({ decision }) => decision.at))
  const github = due.length === 0 ? undefined : await gitHubIfAny(world)
  if (!github) return due.map((each) => ({ ...each, because: 'no forge can be asked to open a pull request' }))
  const pulls = [...(await openPullRequests(github)), ...(await closedPullRequests(github, place.branch, first))]
  const asked: AskedRatification[] = []
  for (const each of due) {
    const standing = await standingFor(github, pulls, each.decision)
    asked.push(standing ? { ...each, pull: placeOf(standing) } : await askFor(world, place, each))
  }
  return asked
}

/**
 * The pull request that asked for it, whatever became of it: from the branch of that name in the repository itself,
 * opened under our name. What others call the same keeps nobody from being asked.
 */
async function standingFor(
  github: GitHub,
  pulls: readonly PullRequestSummary[],
  decision: LedgerDecision,
): Promise<PullRequestSummary | undefined> {
  const repository = `${github.owner}/${github.repo}`.toLowerCase()
  const named = pulls.filter(
    ({ headRef, headRepository }) => headRef === topicOf(decision) && headRepository?.toLowerCase() === repository,
  )
  for (const pull of named) if (await isOurs(github, pull.author)) return pull
  return undefined
}

function placeOf({ number, url }: PullRequestSummary): NonNullable<AskedRatification['pull']> {
  return { number, url }
}

async function askFor(
  world: World,
  place: RatificationPlace,
  pending: PendingRatification,
): Promise<AskedRatification> {
  const make = async (tip: Tip) => proposal(world, tip, pending)
  const topic = topicOf(pending.decision)
  try {
    const landed = await landOnMainline(world, {
      ...place,
      lane: 'pull_request',
      topic,
      // Never whoever merged: they may be the one to approve it.
      author: (await configuredIdentity(world)) ?? actionsAccount,
      make,
    })
    if (landed.kind === 'proposed') {
      return { ...pending, ...(landed.pull ? { pull: landed.pull } : { because: landed.next.join('. ') }) }
    }
    const [found] = landed.kind === 'refused' ? landed.found.diagnostics : []
    return { ...pending, because: found?.message ?? 'its record is not on the mainline any more' }
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code === exit.internal) throw fault
    return { ...pending, because: `${fault.message}. ${fault.cure}` }
  }
}

/** The record with one more entry in its log, which names the commit. */
async function proposal(
  { now }: Pick<World, 'now'>,
  { snapshot }: Tip,
  { decision, due }: PendingRatification,
): Promise<Proposed<undefined>> {
  const record = snapshot.records.all.find(({ type, id }) => `${type}/${id}` === decision.subject)
  const file = record && snapshot.files.get(record.file)
  const commit = decision.commits.at(-1)
  if (!file || commit === undefined) return { files: [], message: '', made: undefined }
  const note = `Merged before its approval; pull request ${decision.pullRequest} brought it. It is to be ratified by ${humanInstant(due)} UTC.`
  const entry = { at: formatInstant(now), by: 'gitsm', note, ratifies: commit }
  const text = editYaml(textOf(file), [{ route: ['log'], append: entry }])
  return { files: [{ path: file.path, text }], message: `${titleOf(decision)}\n\n${note}`, made: undefined }
}

function textOf({ bytes }: TreeFile): string {
  return new TextDecoder().decode(bytes ?? new Uint8Array())
}

/** The branch of the pull request that asks for a ratification, by which it is found again. */
function topicOf(decision: LedgerDecision): string {
  return `gitsm/${titleOf(decision)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')}`
}

/** The title of the pull request that asks for a ratification. */
function titleOf({ subject, commits }: LedgerDecision): string {
  return `Ratify ${subject.slice(subject.indexOf('/') + 1)} as ${commits.at(-1)?.slice(0, 10)} brought it`
}
