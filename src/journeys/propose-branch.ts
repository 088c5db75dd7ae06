import { pushCommit } from '../adapters/git/push.ts'
import { remoteAddress } from '../adapters/git/remotes.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { ownPullRequest } from '../adapters/github/branch-pull-request.ts'
import type { GitHub } from '../adapters/github/connection.ts'
import { createPullRequest, enableAutoMerge } from '../adapters/github/open-pull-request.ts'
import type { PullRequestSummary } from '../adapters/github/pull-request.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { comparison } from '../core/remote-place.ts'
import { proposalMarkdown } from '../render/proposal-markdown.ts'
import { needsNotice } from './approval-notice.ts'
import type { Found } from './conclude.ts'
import { holdsTheSame } from './standing-proposal.ts'
import type { World } from './world.ts'

/** A commit that is to be merged into the mainline of a remote. */
export interface Proposal {
  readonly remote: string
  readonly into: string
  readonly commit: string
  readonly message: string
  readonly found: Found
  /**
   * The name of the branch where this is proposed once: what was proposed from it before is told, whatever became of
   * it.
   */
  readonly topic?: string
  /** GitHub, where a pull request can be opened. */
  readonly github?: GitHub
  /** Whether it is merged by itself as soon as everything that the mainline requires is there. */
  readonly autoMerge: boolean
}

/** A branch at a remote that asks to be merged, and the pull request for it. */
export interface ProposedBranch {
  readonly commit: string
  readonly remote: string
  readonly branch: string
  readonly pull?: { readonly number: number; readonly url: string }
  /** What happens next, in sentences. */
  readonly next: readonly string[]
}

/** How many names are tried for a branch. */
const names = 20

/** Pushes a commit to a new branch of its own, and opens a pull request for it where GitHub can be asked. */
export async function proposeBranch(world: World, git: GitDir, proposal: Proposal): Promise<ProposedBranch> {
  const { remote, into, commit, found, github } = proposal
  const changes = found.changes ?? []
  const { branch, before } = await placeFor(git, proposal, proposal.topic ?? `gitsm/${changes[0]?.id ?? 'change'}`)
  const needs = (found.decisions ?? []).filter(({ met }) => !met).map(({ demand }) => needsNotice(demand))
  const proposed = { commit, remote, branch }
  if (before && !before.open)
    return { ...proposed, pull: { number: before.number, url: before.url }, next: [closedNote(before)] }
  if (!github) return { ...proposed, next: [...needs, await byHand(git, { remote, into, branch })] }
  const [title = ''] = proposal.message.split('\n')
  const body = proposalMarkdown({ changes, needs })
  const written = await createPullRequest(github, { head: branch, base: into, title, body })
  if (written.outcome === 'refused') {
    world.say(`No pull request was opened: ${written.because}`)
    return { ...proposed, next: [...needs, await byHand(git, { remote, into, branch })] }
  }
  const { number, url } = written.is
  const merging = proposal.autoMerge ? await enableAutoMerge(github, written.is) : undefined
  return { ...proposed, pull: { number, url }, next: [...needs, mergeNote(merging)] }
}

/** Whoever closed it decided; it is not asked again. */
function closedNote({ number, mergedAt }: PullRequestSummary): string {
  return `Pull request #${number} asked for it before and was ${mergedAt === null ? 'closed without being merged' : 'merged'}; nothing was opened`
}

function mergeNote(merging: Awaited<ReturnType<typeof enableAutoMerge>> | undefined): string {
  if (!merging) return 'Once the check gitsm/gate has passed, it can be merged'
  if (merging.outcome !== 'refused') return 'It is merged by itself once everything that it needs is there'
  return `Somebody has to merge it once everything that it needs is there. ${merging.because}`
}

/** What to do where nobody could open the pull request. */
async function byHand(
  git: GitDir,
  { remote, into, branch }: { readonly remote: string; readonly into: string; readonly branch: string },
): Promise<string> {
  const address = comparison(await remoteAddress(git, remote), into, branch)
  return address === undefined
    ? `Ask for ${branch} to be merged into ${into}`
    : `Open the pull request here: ${address}`
}

/** The branch from which a commit is proposed, and the pull request from it that stands already. */
interface Place {
  readonly branch: string
  readonly before?: PullRequestSummary
}

/** The branch that took the commit or holds the same already: the one wanted, or with a number where that is taken. */
async function placeFor(git: GitDir, proposal: Proposal, wanted: string): Promise<Place> {
  const { remote, commit, topic, github, into } = proposal
  for (let number = 1; number <= names; number++) {
    const branch = number === 1 ? wanted : `${wanted}-${number}`
    const before = topic !== undefined && github ? await ownPullRequest(github, branch, into) : undefined
    if (before) return { branch, before }
    const pushed = await pushCommit(git, { remote, commit, branch, isNew: true })
    if (pushed.kind === 'taken') return { branch }
    if (pushed.kind === 'moved' && topic !== undefined && (await holdsTheSame(git, { remote, branch, commit }))) {
      return { branch }
    }
    if (pushed.kind === 'refused') {
      throw new Fault(`${remote} takes no branch ${branch}: ${pushed.reason}`, {
        cure: 'Ask for the right to push branches that begin with gitsm/',
        code: exit.outside,
      })
    }
  }
  throw new Fault(`${remote} has ${names} branches ${wanted} already`, {
    cure: 'Merge or delete those that are done with',
    code: exit.outside,
  })
}
