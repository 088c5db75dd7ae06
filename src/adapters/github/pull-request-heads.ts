import type { Observed, PullRequest, Push } from '../../core/approval/pull-request.ts'
import type { Instant } from '../../core/instant.ts'
import { accountAt } from './account.ts'
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
  readonly open: boolean
  /** Whether everybody who may push to the base's repository may push to the fork's branch. */
  readonly maintainersMayPush: boolean
}

/** What the server tells of the commits that a pull request was about, and of where it was to go. */
export interface Course extends Pick<PullRequest, 'heads' | 'onlyMoves' | 'retargetedAt' | 'unknownPushers'> {}

/**
 * The commits that were the head of a pull request, oldest first, by what GitHub's server observed: pushes to its
 * branch and forced pushes of the pull request. Where no push is told, as of a private fork, there is only what may
 * have let a review name another commit. Neither dates of commits nor the time at which we first looked play a part.
 */
export async function courseOf(github: GitHub, events: readonly Told[], branch: HeadBranch): Promise<Course> {
  const { repository, ref, openedAt } = branch
  const pushed = repository === null ? [] : await branchTips(github, repository, ref, openedAt)
  const retargeted = Math.max(...events.filter(isRetargeting).map((event) => event.instant('created_at')))
  const isTold = pushed.length > 0
  const unknownPushers = isTold ? undefined : unknownPushersOf(branch, isOurs(github, repository))
  return {
    heads: isTold ? headsOf(pushed, forcedPushes(events, branch.sha), branch) : movesIn(events, branch),
    ...(!isTold && { onlyMoves: true as const }),
    ...(unknownPushers !== undefined && { unknownPushers }),
    ...(Number.isFinite(retargeted) && { retargetedAt: retargeted }),
  }
}

function headsOf(pushed: readonly Push[], forced: readonly Push[], { openedAt }: HeadBranch): readonly Push[] {
  // Pushes name every commit; a forced push that names none adds nothing where the push itself is known.
  const observed = inOrder([...pushed, ...forced.filter(({ sha }) => sha !== unnamed)])
  const before = observed.filter(({ since }) => since <= openedAt).slice(0, -1)
  return observed.filter((push) => !before.includes(push))
}

/** Forced pushes, and whatever else a branch may have been made anew between. */
function movesIn(events: readonly Told[], { sha }: HeadBranch): readonly Push[] {
  const others = events
    .filter((event) => remaking.includes(event.textOrNull('event') ?? ''))
    .map((event) => ({ sha: unnamed, since: event.instant('created_at') }))
  return [...forcedPushes(events, sha), ...others].toSorted((a, b) => a.since - b.since)
}

/** A branch that is deleted and pushed again was not forced, and no event tells of pushes while it was closed. */
const remaking = ['head_ref_deleted', 'head_ref_restored', 'reopened']

function unknownPushersOf({ open, maintainersMayPush }: HeadBranch, ours: boolean): string | undefined {
  if (!open) return undefined
  if (ours) return 'GitHub tells of no push to its branch, so nobody knows who pushed it; push it once more'
  if (!maintainersMayPush) return undefined
  return 'nobody can say who pushed to its fork, where maintainers may; let its author switch off "Allow edits by maintainers"'
}

/** Whether an event gave it another base, by hand or because the one it had was deleted. */
function isRetargeting(event: Told): boolean {
  return ['base_ref_changed', 'automatic_base_change_succeeded'].includes(event.textOrNull('event') ?? '')
}

/**
 * The commits that were the tip of a branch since an instant, oldest first, and the one that was it then; of a branch
 * that is pushed to more often than anybody reads, the newest.
 */
export async function branchTips(
  github: GitHub,
  repository: string,
  ref: string,
  since: Instant,
): Promise<readonly Push[]> {
  const [owner, repo] = repository.split('/')
  let read = 0
  const events = await github.pages(
    activity,
    { owner, repo, ref: `refs/heads/${ref}` },
    {
      enough: (event) => ++read >= mostPushes || told(activity, event).instant('timestamp') <= since,
      // The activity of a private fork is nobody else's business: then there is none to read. Ours must be there.
      answers: isOurs(github, repository) ? [] : [403, 404],
    },
  )
  const tips = events
    .map((event) => told(activity, event))
    .toReversed()
    .map((event) => ({ sha: event.sha('after'), since: event.instant('timestamp'), by: accountAt(event, 'actor') }))
  return inOrder(tips.filter(({ sha }) => sha !== unnamed))
}

/** Twenty pages. */
const mostPushes = 2_000

function isOurs({ owner, repo }: GitHub, repository: string | null): boolean {
  return repository?.toLowerCase() === `${owner}/${repo}`.toLowerCase()
}

/** The tips of a branch of ours since an instant. */
export type Tips = (since: Instant) => Promise<readonly Observed[]>

/** Reads the tips of a branch once for many pull requests, and again only where one of them goes further back. */
export function tipsOf(github: GitHub, ref: string): Tips {
  let read: { readonly since: Instant; readonly tips: readonly Observed[] } | undefined
  return async (since) => {
    if (read === undefined || since < read.since) {
      read = { since, tips: await branchTips(github, `${github.owner}/${github.repo}`, ref, since) }
    }
    return read.tips
  }
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
