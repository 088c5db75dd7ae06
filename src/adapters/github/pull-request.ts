import type { PullRequest, Review } from '../../core/approval/pull-request.ts'
import { exit } from '../../core/exit.ts'
import { Fault } from '../../core/fault.ts'
import type { Instant } from '../../core/instant.ts'
import { type Account, accountAt } from './account.ts'
import type { GitHub } from './connection.ts'
import { committersOf } from './pull-request-commits.ts'
import { courseOf, type Tips, tipsOf } from './pull-request-heads.ts'
import { reviewsOf } from './pull-request-reviews.ts'
import { expectReviews, timelineOf } from './pull-request-timeline.ts'
import { type Told, told } from './told.ts'
import { GitHubUnavailable } from './unavailable.ts'

/** A pull request as GitHub lists it. */
export interface PullRequestSummary {
  readonly number: number
  /** GitHub's other name for it, for the interface that wants that one. */
  readonly nodeId: string
  readonly title: string
  readonly body: string
  readonly url: string
  readonly author: Account | null
  readonly open: boolean
  readonly draft: boolean
  readonly head: string
  readonly headRef: string
  /** `owner/name` of where it comes from, `null` where the fork is gone. */
  readonly headRepository: string | null
  readonly base: string
  readonly baseSha: string
  readonly labels: readonly string[]
  /** Whom GitHub says were asked to review it, and have not yet. */
  readonly asked: readonly Account[]
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly closedAt: Instant | null
  readonly mergedAt: Instant | null
  /** The commit by which it was merged; while it is open, that of a test merge. */
  readonly mergeCommit: string | null
}

/** Everything about a pull request that a decision may rest on. */
export interface PullRequestFacts extends PullRequestSummary, Omit<PullRequest, 'author' | 'base' | 'head'> {}

/** What is asked for beside the number of a pull request. */
export interface Reading {
  readonly now: Instant
  /** The tips of its base, where several pull requests into it are read. */
  readonly bases?: Tips
  /** Its reviews, where they were read before. */
  readonly reviews?: readonly Review[]
}

/** GitHub lists no more commits and files of a pull request; a decision never rests on a list that was cut. */
const mostCommits = 250
const mostFiles = 3000

const reading = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
const listing = 'GET /repos/{owner}/{repo}/pulls'

/**
 * Reads a pull request. What GitHub tells must fit together: the last commit is the head, no commit is missing, two
 * readings of the reviews agree, and so does the timeline. Otherwise it is a fault (exit code 4), and one that is too
 * large is refused (3).
 */
export async function readPullRequest(
  github: GitHub,
  number: number,
  { now, bases, reviews: before }: Reading,
): Promise<PullRequestFacts> {
  const { data } = await github.request(reading, { pull_number: number })
  const from = told(reading, data)
  const pull = summaryOf(from)
  const commits = from.count('commits')
  const files = from.count('changed_files')
  if (commits > mostCommits || files > mostFiles) throw tooLarge(number, commits, files)
  const seen = before ?? (await reviewsOf(github, number))
  const committers = await committersOf(github, number, { head: pull.head, commits })
  const events = await timelineOf(github, number)
  const course = await courseOf(github, events, {
    ...{
      repository: pull.headRepository,
      ref: pull.headRef,
      sha: pull.head,
      openedAt: pull.createdAt,
      open: pull.open,
    },
    maintainersMayPush: from.flag('maintainer_can_modify'),
  })
  const reviews = await settled(github, number, seen)
  const tips = await (bases ?? tipsOf(github, pull.base))(sinceWhen(pull, reviews, now))
  expectReviews(events, reviews)
  return { ...pull, ...course, committers, bases: tips, reviews, now }
}

/** From when on it matters what its base was: since the first approval, and when it ended. */
function sinceWhen({ closedAt }: PullRequestSummary, reviews: readonly Review[], now: Instant): Instant {
  const approved = reviews.flatMap(({ state, submittedAt }) => (state === 'APPROVED' ? (submittedAt ?? []) : []))
  return Math.min(now, closedAt ?? now, ...approved)
}

/** The reviews, once two readings agree: the newest may be missing from the first. */
async function settled(github: GitHub, number: number, before: readonly Review[]): Promise<readonly Review[]> {
  const again = await reviewsOf(github, number)
  if (isSameList(before, again)) return again
  const last = await reviewsOf(github, number)
  if (isSameList(again, last)) return last
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
  throw new GitHubUnavailable({ route, said: 'three readings of the reviews told three different things' })
}

function isSameList(one: readonly Review[], other: readonly Review[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function tooLarge(number: number, commits: number, files: number): Fault {
  return new Fault(`PR_TOO_LARGE: pull request ${number} has ${commits} commits and ${files} files`, {
    cure: `Split it: GitHub lists at most ${mostCommits} commits and ${mostFiles} files, and none may be left unseen`,
    code: exit.refused,
  })
}

/** All open pull requests, oldest first. */
export async function openPullRequests(github: GitHub): Promise<readonly PullRequestSummary[]> {
  const items = await github.pages(listing, { state: 'open', sort: 'created', direction: 'asc' })
  return items.map((item) => summaryOf(told(listing, item)))
}

/** Pull requests into a branch that were closed, merged or not, and touched since then; the newest first. */
export async function closedPullRequests(
  github: GitHub,
  base: string,
  since: Instant,
): Promise<readonly PullRequestSummary[]> {
  const asked = { state: 'closed', base, sort: 'updated', direction: 'desc' }
  const older = (item: unknown): boolean => told(listing, item).instant('updated_at') < since
  const items = await github.pages(listing, asked, { enough: older })
  return items.map((item) => summaryOf(told(listing, item))).filter(({ updatedAt }) => updatedAt >= since)
}

/** The pull requests that GitHub knows a commit from. */
export async function pullRequestsOf(github: GitHub, commit: string): Promise<readonly PullRequestSummary[]> {
  const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'
  return (await github.pages(route, { commit_sha: commit })).map((item) => summaryOf(told(route, item)))
}

/** One pull request, without what a decision needs. */
export async function pullRequestSummary(github: GitHub, number: number): Promise<PullRequestSummary> {
  return summaryOf(told(reading, (await github.request(reading, { pull_number: number })).data))
}

/** Reads a pull request as any route tells it. */
export function summaryOf(from: Told): PullRequestSummary {
  return {
    number: from.count('number'),
    nodeId: from.text('node_id'),
    title: from.text('title'),
    body: from.textOrNull('body') ?? '',
    url: from.text('html_url'),
    author: accountAt(from, 'user'),
    open: from.text('state') === 'open',
    draft: from.part('draft') === null ? false : from.flag('draft'),
    head: from.sha('head.sha'),
    headRef: from.text('head.ref'),
    headRepository: from.part('head.repo')?.text('full_name') ?? null,
    base: from.text('base.ref'),
    baseSha: from.sha('base.sha'),
    labels: from.list('labels').map((label) => label.text('name')),
    asked: (from.part('requested_reviewers')?.list('') ?? []).flatMap((user) => accountAt(user, '') ?? []),
    createdAt: from.instant('created_at'),
    updatedAt: from.instant('updated_at'),
    closedAt: from.instantOrNull('closed_at'),
    mergedAt: from.instantOrNull('merged_at'),
    mergeCommit: from.shaOrNull('merge_commit_sha'),
  }
}
