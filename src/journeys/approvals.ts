import { changedFiles } from '../adapters/git/changed-files.ts'
import { withMerge } from '../adapters/git/merge.ts'
import { mergeBase, resolveCommit } from '../adapters/git/revision.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { type Decision, decide } from '../core/approval/decide.ts'
import { type Demand, demandsOf, type Proposal } from '../core/approval/demand.ts'
import type { Evidence } from '../core/approval/evidence.ts'
import { foreseenDemands } from '../core/approval/foresee.ts'
import { rosterOf } from '../core/approval/involvement.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import { observedAt, seenCommits, sightKey } from '../core/approval/seen-commit.ts'
import { changedSince, type Sight } from '../core/approval/sight.ts'
import { isChangedBy, pushesAfter } from '../core/approval/stale-by.ts'
import { standingReviews } from '../core/approval/standing-review.ts'
import { changesBetween } from '../core/changes.ts'
import type { Facts } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import type { Change, Data } from '../core/record.ts'
import { judgedPaths, recordPath } from '../core/record-path.ts'
import type { Snapshot } from './load.ts'
import { type Sides, sidesOf } from './sides.ts'
import type { TreeReader } from './tree-reader.ts'

/** What is computed of the records that a change touches, by `<type>/<id>`: risk, impact and conflicts of changes. */
export type Compute = (facts: Facts) => ReadonlyMap<string, Data>

/** Where approvals are looked for, and with what. */
interface Asking {
  readonly git: GitDir
  readonly compute: Compute
  /** Reads the sides of the merge, and of what was seen before, which share most of their files. */
  readonly reader: TreeReader
}

/** What a merge was asked for and what it gave. */
export interface Merge {
  /** Where objects of both sides and of the result can be read. */
  readonly git: GitDir
  readonly base: string
  readonly tree: string
  readonly sides: Sides
  readonly changes: readonly Change[]
  /** Set where it is what the mainline became, which may be more than what merging the head gives. */
  readonly landed?: true
}

/**
 * Decides on every approval that merging head into base needs. Without a pull request none can have been given; with
 * one, some people may be taken to have approved what stands there now.
 */
export async function decideApprovals(
  world: Asking & { readonly now: Instant },
  merge: Merge,
  told: PullRequest | undefined,
  assumed: readonly string[],
): Promise<Decided> {
  const proposal = await proposalOf(merge, world.compute)
  const demands = demandsOf(proposal)
  const pull = told && assuming(told, merge, assumed)
  const sights = pull ? await gatherSights(world, merge, pull, demands) : new Map<string, Sight>()
  const { base, result } = merge.sides
  const evidence: Evidence = {
    ...(pull && { pull }),
    sights,
    base: base.records,
    result: result.records,
    now: pull?.now ?? world.now,
  }
  const decisions = demands.map((demand) => decide(demand, evidence))
  return { decisions, foreseen: foreseenDemands(proposal, demands), evidence }
}

/** What was decided, and on what it rests. */
export interface Decided {
  readonly decisions: readonly Decision[]
  readonly foreseen: readonly Demand[]
  readonly evidence: Evidence
}

/** Every approval that a merge needs. */
export async function demandsIn(merge: Merge, compute: Compute): Promise<readonly Demand[]> {
  return demandsOf(await proposalOf(merge, compute))
}

async function proposalOf({ git, base, tree, sides, changes }: Merge, compute: Compute): Promise<Proposal> {
  const { base: before, result } = sides
  const files = (await changedFiles(git, base, tree)).filter(({ path }) => !recordPath(path))
  const facts = factsOf(result, changes)
  return {
    rulebook: result.rulebook,
    base: before.records,
    result: result.records,
    changes,
    files,
    computed: compute(facts),
  }
}

function factsOf({ rulebook, records, unreadable, series }: Snapshot, changes: Facts['changes']): Facts {
  return { rulebook, records, unreadable, series, changes }
}

/**
 * What every commit showed that somebody approved and that is still their last word; and where it is no longer what
 * would be merged, what the pushes after it showed, up to the one that changed it.
 */
async function gatherSights(
  asking: Asking,
  merge: Merge,
  pull: PullRequest,
  now: readonly Demand[],
): Promise<ReadonlyMap<string, Sight>> {
  const sights = new Map<string, Sight>()
  const look = async (commit: string, at: Instant | undefined): Promise<Sight> => {
    const key = sightKey(commit, at, pull)
    const observed = at === undefined ? undefined : observedAt(pull.bases, at)
    const sight = sights.get(key) ?? (await sightOf(asking, merge, { commit, observed, head: pull.head, now }))
    sights.set(key, sight)
    return sight
  }
  for (const review of standingReviews(pull.reviews).last) {
    if (review.state !== 'APPROVED') continue
    const seen = seenCommits(review, pull)
    for (const commit of 'unknown' in seen ? [] : seen) {
      const sight = await look(commit, review.submittedAt)
      let stale = now.filter((demand) => changedSince(demand, sight) !== undefined)
      for (const push of pushesAfter(pull, review.submittedAt).slice(0, mostPushes)) {
        if (stale.length === 0) break
        await look(push.sha, push.since)
        stale = stale.filter((demand) => isChangedBy(push, demand, sight, { pull, sights }) === false)
      }
    }
  }
  return sights
}

/** Beyond these nobody is told which push it was: reading what each of them shows takes time. */
const mostPushes = 20

interface Seen {
  readonly commit: string
  /** The base as it was observed then. */
  readonly observed: string | undefined
  readonly head: string
  /** What merging the head into today's base needs. */
  readonly now: readonly Demand[]
}

/** What a commit showed, merged with the base of its time; where that was not observed, with the base it grew from. */
async function sightOf({ git, compute, reader }: Asking, merge: Merge, seen: Seen): Promise<Sight> {
  try {
    const commit = await resolveCommit(git, seen.commit)
    const base = seen.observed ?? (await mergeBase(git, merge.base, commit))
    if (!merge.landed && commit === seen.head && base === merge.base) return { demands: seen.now }
    return await withMerge(git, await resolveCommit(git, base), commit, async (merged): Promise<Sight> => {
      if ('conflicts' in merged) return { unreadable: 'what was seen does not merge with its base' }
      const before = await readTree(git, base, judgedPaths)
      const after = await readTree(merged.git, merged.tree, judgedPaths)
      const sides = sidesOf(before, after, reader)
      const changes = changesBetween(sides.base, sides.result)
      return { demands: await demandsIn({ git: merged.git, base, tree: merged.tree, sides, changes }, compute) }
    })
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    return { unreadable: `what was seen cannot be read: ${fault.message}` }
  }
}

/** The same pull request with approvals of what stands there now, by the people of these logins. */
function assuming(pull: PullRequest, { base, sides }: Merge, logins: readonly string[]): PullRequest {
  if (logins.length === 0) return pull
  const roster = rosterOf(sides.base.records)
  const reviews = logins.map((login): PullRequest['reviews'][number] => {
    const member = roster.find((each) => each.login.toLowerCase() === login.toLowerCase()) ?? { login }
    return { user: { ...member, program: false }, state: 'APPROVED', commit: pull.head, submittedAt: pull.now }
  })
  return { ...pull, bases: [...pull.bases, { sha: base, since: pull.now }], reviews: [...pull.reviews, ...reviews] }
}
