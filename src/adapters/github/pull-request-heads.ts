import type { Push } from '../../core/approval/pull-request.ts'
import type { Instant } from '../../core/instant.ts'
import { accountAt } from './account.ts'
import type { CheckRun } from './check-run.ts'
import type { GitHub } from './connection.ts'
import { type Told, told } from './told.ts'

/** Stands for a commit that GitHub does not name any more. Nothing can have been seen on it. */
const unnamed = '0'.repeat(40)

const activity = 'GET /repos/{owner}/{repo}/activity'

/** Where a pull request comes from. */
export interface HeadBranch {
  /** `owner/name`, or `null` where the fork is gone. */
  readonly repository: string | null
  readonly ref: string
  readonly sha: string
  /** When the pull request was opened: what had been pushed before is no part of it, but for the last push. */
  readonly openedAt: Instant
}

/** What the timeline of a pull request tells of the commits that it was about, and of where it was to go. */
export interface Course {
  readonly heads: readonly Push[]
  /** When it was last given another base. */
  readonly retargetedAt?: Instant
}

/**
 * The commits that were the head of a pull request, oldest first, by what GitHub's server observed: pushes to its branch
 * and forced pushes of the pull request. Where neither tells of today's head, it counts from our first check run on it.
 * Dates of commits play no part.
 */
export async function courseOf(
  github: GitHub,
  events: readonly Told[],
  branch: HeadBranch,
  checks: readonly CheckRun[],
): Promise<Course> {
  const pushed = branch.repository === null ? [] : await branchTips(github, branch.repository, branch.ref)
  const retargeted = Math.max(...events.filter(isRetargeting).map((event) => event.instant('created_at')))
  return {
    heads: headsOf(pushed, forcedPushes(events, branch.sha), branch, checks),
    ...(Number.isFinite(retargeted) && { retargetedAt: retargeted }),
  }
}

function headsOf(
  pushed: readonly Push[],
  forced: readonly Push[],
  { sha: head, openedAt }: HeadBranch,
  checks: readonly CheckRun[],
): readonly Push[] {
  // Pushes name every commit; a forced push that names none adds nothing where the push itself is known.
  const known = pushed.length > 0 ? forced.filter(({ sha }) => sha !== unnamed) : forced
  const observed = inOrder([...pushed, ...known])
  const before = observed.filter(({ since }) => since <= openedAt).slice(0, -1)
  const since = observed.filter((push) => !before.includes(push))
  if (since.some(({ sha }) => sha === head)) return since
  const starts = checks.flatMap(({ startedAt }) => startedAt ?? [])
  return starts.length === 0 ? since : inOrder([...since, { sha: head, since: Math.min(...starts) }])
}

/** Whether an event gave it another base, by hand or because the one it had was deleted. */
function isRetargeting(event: Told): boolean {
  return ['base_ref_changed', 'automatic_base_change_succeeded'].includes(event.textOrNull('event') ?? '')
}

/** The commits that were the tip of a branch, oldest first, as far as the newest hundred events tell. */
export async function branchTips(github: GitHub, repository: string, ref: string): Promise<readonly Push[]> {
  const [owner, repo] = repository.split('/')
  const asked = { owner, repo, ref: `refs/heads/${ref}`, per_page: 100 }
  // The activity of a private fork is nobody else's business: then there is none to read. Ours must be there.
  const isOurs = repository.toLowerCase() === `${github.owner}/${github.repo}`.toLowerCase()
  const { status, data } = await github.request(activity, asked, isOurs ? [] : [403, 404])
  if (status !== 200) return []
  const tips = told(activity, data)
    .list('')
    .toReversed()
    .map((event) => ({ sha: event.sha('after'), since: event.instant('timestamp'), by: accountAt(event, 'actor') }))
  return inOrder(tips.filter(({ sha }) => sha !== unnamed))
}

function forcedPushes(events: readonly Told[], head: string): readonly Push[] {
  const forced = events
    .filter((event) => event.textOrNull('event') === 'head_ref_force_pushed')
    .toSorted((a, b) => a.instant('created_at') - b.instant('created_at'))
  return forced.map((event, at) => observedBy(event, at === forced.length - 1 ? head : unnamed))
}

/** GitHub does not always name the commit of a forced push; the last one led to today's head, or to one before it. */
function observedBy(event: Told, otherwise: string): Push {
  const by = accountAt(event, 'actor')
  return { sha: event.shaOrNull('commit_id') ?? otherwise, since: event.instant('created_at'), ...(by && { by }) }
}

/** In order of time, each stretch of one commit told once. */
function inOrder(observed: readonly Push[]): readonly Push[] {
  return observed
    .toSorted((a, b) => a.since - b.since)
    .filter(({ sha }, at, all) => at === 0 || all[at - 1]?.sha !== sha)
}
