import { digestOf } from '../adapters/git/ledger-branch.ts'
import { withMerge } from '../adapters/git/merge.ts'
import { isRejected } from '../core/approval/counted-reviews.ts'
import type { Demand } from '../core/approval/demand.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import type { Instant } from '../core/instant.ts'
import type { DecidedStep, LedgerDecision } from '../core/ledger/decision.ts'
import { subjectDigest } from '../core/ledger/subject-digest.ts'
import { decideApprovals, demandsIn } from './approvals.ts'
import { decidedAs, type Ended, type NewDecision } from './decided-as.ts'
import { compute, type Deciding, landedMerge, readMerge } from './landed-merge.ts'
import { ratifiedBy } from './ratified.ts'

/**
 * What was decided on a pull request that was merged, on each record or file that asked for approval: as the gate
 * decides, but about what the mainline became and with the reviews of that time. `base` is the commit that it came
 * upon.
 */
export async function decidedOnMerge(
  world: Deciding,
  ended: Ended & { readonly base: string; readonly commits: readonly string[] },
  known: readonly LedgerDecision[] = [],
): Promise<readonly NewDecision[]> {
  const { base, commits, at } = ended
  const merge = await landedMerge(world, base, commits.at(-1) ?? base)
  const { decisions, evidence } = await decideApprovals(asking(world, at), merge, upTo(ended), [])
  const asked = commits.length === 1 ? [] : await askedAlong(world, base, commits)
  const demands = decisions.map(({ demand }) => demand)
  const ratified = await ratifiedBy(world, ended, { merge, evidence, demands }, known)
  const merged = decisions.map((decision): NewDecision => {
    const told = { ...decidedAs(decision, evidence, ended, 'merged'), commits, policyCommit: base }
    const along = asked.filter(({ demand }) => isSameAsked(demand, decision.demand))
    const last = along.at(-1)
    if (!last) return told
    const { digest, parts } = subjectDigest(last.demand.subject, digestOf)
    const steps = along.slice(0, -1).map(({ commit, demand }): DecidedStep => {
      return { commit, digest: subjectDigest(demand.subject, digestOf).digest }
    })
    return { ...told, digest, digests: parts, steps }
  })
  return [...merged, ...ratified]
}

/**
 * What was decided on a pull request that was closed without being merged into `base`. Nothing where it did not merge.
 */
export async function decidedOnClose(
  world: Deciding,
  ended: Ended & { readonly base: string },
): Promise<readonly NewDecision[]> {
  const { base, pull, at } = ended
  return withMerge(world.git, base, pull.head, async (merged) => {
    if ('conflicts' in merged) return []
    const merge = await readMerge(world, { git: merged.git, base, tree: merged.tree })
    const { decisions, evidence } = await decideApprovals(asking(world, at), merge, upTo(ended), [])
    return decisions.map((decision): NewDecision => {
      const outcome = isRejected(decision.demand, evidence) ? 'rejected' : 'closed'
      return { ...decidedAs(decision, evidence, ended, outcome), commits: [], policyCommit: base }
    })
  })
}

/** Whether anything that the mainline took in a stretch of it is such that a policy speaks about it. */
export async function asksOnMerge(
  world: Deciding,
  { base, commits }: { readonly base: string; readonly commits: readonly string[] },
): Promise<boolean> {
  return (await demandsIn(await landedMerge(world, base, commits.at(-1) ?? base), compute)).length > 0
}

/** Whether a policy speaks about anything that merging a head would have done. */
export async function asksOnClose(
  world: Deciding,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<boolean> {
  return withMerge(world.git, base, head, async (merged) => {
    if ('conflicts' in merged) return false
    return (await demandsIn(await readMerge(world, { git: merged.git, base, tree: merged.tree }), compute)).length > 0
  })
}

/** The pull request as it was when it ended: what was said or pushed later plays no part. */
function upTo({ pull, at }: Ended): PullRequest {
  return {
    ...pull,
    now: at,
    reviews: pull.reviews.filter(({ submittedAt }) => submittedAt === undefined || submittedAt <= at),
    heads: pull.heads.filter(({ since }) => since <= at),
    bases: pull.bases.filter(({ since }) => since <= at),
  }
}

function asking({ git, reader }: Deciding, now: Instant) {
  return { git, reader, compute, now }
}

/** What each of several mainline commits asked approval for by itself, oldest first. */
async function askedAlong(world: Deciding, base: string, commits: readonly string[]) {
  const asked: { readonly commit: string; readonly demand: Demand }[] = []
  for (const [index, commit] of commits.entries()) {
    const merge = await landedMerge(world, commits[index - 1] ?? base, commit)
    for (const demand of await demandsIn(merge, compute)) asked.push({ commit, demand })
  }
  return asked
}

function isSameAsked(one: Demand, other: Demand): boolean {
  return one.key === other.key && one.policy.id === other.policy.id
}
