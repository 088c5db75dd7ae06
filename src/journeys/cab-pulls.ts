import { hasToken } from '../adapters/github/access.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import { closedPullRequests, openPullRequests, type PullRequestSummary } from '../adapters/github/pull-request.ts'
import { defaultBranch } from '../adapters/github/repository.ts'
import { reviewRemarks } from '../adapters/github/review-remarks.ts'
import type { ProposedChange } from '../core/cab/item.ts'
import type { Remark } from '../core/cab/minutes.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { isWithin, type Period } from '../core/period.ts'
import type { RecordDoc } from '../core/record.ts'
import type { Tentative } from '../core/tentative.ts'
import type { CabOptions } from './cab.ts'
import type { Found } from './conclude.ts'
import type { gitHubOf } from './github-connection.ts'
import { judgePull } from './judge-pull.ts'
import { type OpenPulls, withOpenPulls } from './open-pulls.ts'
import type { World } from './world.ts'

/** What a board wants to know of pull requests. */
export interface CabPulls {
  /** What the open ones propose. */
  readonly tentative: readonly Tentative[]
  /** The changes among it, by id. */
  readonly proposed: ReadonlyMap<string, ProposedChange>
  /** What reviewers said in the week. */
  readonly remarks: readonly Remark[]
  /** Why nothing is known of them; `null` where it is. */
  readonly without: string | null
}

/** Asks GitHub for what a board wants to know; where it cannot be asked, why. */
export async function cabPulls(
  world: World,
  week: Period,
  { pulls, minutes }: CabOptions,
  connect: typeof gitHubOf,
): Promise<CabPulls> {
  if (pulls === 'none') return unknown('GitHub was not asked (--no-pulls)')
  if (pulls === 'if_any' && !hasToken(world.env)) return unknown('there is no token for GitHub (GITHUB_TOKEN)')
  try {
    const github = await connect(world)
    if (minutes) return { ...unknown(''), remarks: await remarksIn(github, week), without: null }
    return await withOpenPulls(world, github, undefined, (open) => proposals(world, open))
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== exit.outside || pulls === 'wanted') throw fault
    return unknown(fault.message)
  }
}

function unknown(without: string): CabPulls {
  return { tentative: [], proposed: new Map(), remarks: [], without }
}

/** What reviewers said in a week on pull requests into the default branch. */
async function remarksIn(github: GitHub, week: Period): Promise<readonly Remark[]> {
  const branch = await defaultBranch(github)
  const open = (await openPullRequests(github)).filter(({ base }) => base === branch)
  const closed = await closedPullRequests(github, branch, week.from)
  const touched = [...open, ...closed].filter(
    ({ createdAt, updatedAt }) => createdAt < week.until && updatedAt >= week.from,
  )
  const remarks: Remark[] = []
  for (const { number, title, url } of touched) {
    const said = await reviewRemarks(github, number)
    remarks.push(...said.filter(({ at }) => isWithin(week, at)).map((each) => ({ ...each, pull: number, title, url })))
  }
  return remarks
}

/**
 * The changes that open pull requests propose, each with what the gate says of it. Where two propose one, the first is
 * told.
 */
async function proposals(world: World, open: OpenPulls): Promise<CabPulls> {
  const proposed = new Map<string, ProposedChange>()
  for (const { pull: number, records } of open.tentative) {
    const changes = records.filter(({ type, id }) => type === 'change' && !proposed.has(id))
    const pull = open.pulls.find((each) => each.number === number)
    if (!pull || changes.length === 0) continue
    const found = await judged(world, open, number)
    for (const change of changes) proposed.set(change.id, proposedChange(change, pull, found))
  }
  return { tentative: open.tentative, proposed, remarks: [], without: null }
}

/** What the gate found; a sentence where it could not decide. */
async function judged(world: World, open: OpenPulls, number: number): Promise<Found | string> {
  try {
    return (await judgePull(world, open, number)).found
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return fault.message
  }
}

function proposedChange({ id, file }: RecordDoc, pull: PullRequestSummary, found: Found | string): ProposedChange {
  const told = { pull: pull.number, url: pull.url, author: pull.author?.login ?? null }
  if (typeof found === 'string') return { ...told, decides: true, errors: [`The gate could not decide: ${found}`] }
  const decisions = (found.decisions ?? []).filter(
    ({ demand }) => demand.key === `change/${id}` && demand.rule?.require.kind !== 'none',
  )
  return {
    ...told,
    decides: decisions.length > 0,
    ...(decisions.length > 0 && {
      approvals: decisions.map(({ demand, met, because }) => ({
        rule: demand.rule?.name ?? demand.policy.id,
        met,
        because,
      })),
    }),
    errors: found.diagnostics.flatMap(({ severity, place, message }) =>
      severity === 'error' && place.file === file ? [message] : [],
    ),
  }
}
