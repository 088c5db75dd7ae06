import { digestOf } from '../adapters/git/ledger-branch.ts'
import { withMerge } from '../adapters/git/merge.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { readTree } from '../adapters/git/tree.ts'
import { countedReviews, isRejected } from '../core/approval/counted-reviews.ts'
import type { Decision } from '../core/approval/decide.ts'
import type { Demand } from '../core/approval/demand.ts'
import type { Evidence } from '../core/approval/evidence.ts'
import type { Person } from '../core/approval/person.ts'
import type { PullRequest } from '../core/approval/pull-request.ts'
import { assessmentsOf, computedOf } from '../core/change-assessment.ts'
import { changesBetween } from '../core/changes.ts'
import type { Instant } from '../core/instant.ts'
import type { DecidedPerson, DecidedStep, DecisionOutcome, LedgerDecision } from '../core/ledger/decision.ts'
import { decisionSubject } from '../core/ledger/decision-file.ts'
import { subjectDigest } from '../core/ledger/subject-digest.ts'
import { judgedPaths } from '../core/record-path.ts'
import { type Compute, decideApprovals, demandsIn, type Merge } from './approvals.ts'
import { closingRulesUpTo } from './closing-rules.ts'
import { withClosedSides } from './judge-merge.ts'
import { sidesOf } from './sides.ts'
import type { TreeReader } from './tree-reader.ts'

/** A decision that is not yet a file. */
export type NewDecision = Omit<LedgerDecision, 'file'>

/** How a pull request ended. */
export interface Ended {
  readonly pull: PullRequest
  readonly at: Instant
  /** Version of GitSM. */
  readonly engine: string
}

/** Where it is looked up, and with what. */
export interface Deciding {
  readonly git: GitDir
  readonly reader: TreeReader
}

/**
 * What was decided on a pull request that was merged, on each record or file that asked for approval: as the gate decides,
 * but about what the mainline became and with the reviews of that time. `base` is the commit that it came upon.
 */
export async function decidedOnMerge(
  world: Deciding,
  ended: Ended & { readonly base: string; readonly commits: readonly string[] },
): Promise<readonly NewDecision[]> {
  const { base, commits, at } = ended
  const merge = await landedMerge(world, base, commits.at(-1) ?? base)
  const { decisions, evidence } = await decideApprovals(asking(world, at), merge, upTo(ended), [])
  const asked = commits.length === 1 ? [] : await askedAlong(world, base, commits)
  return decisions.map((decision): NewDecision => {
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
}

/** What was decided on a pull request that was closed without being merged into `base`. Nothing where it did not merge. */
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

const compute: Compute = (facts) => computedOf(assessmentsOf(facts))

function asking({ git, reader }: Deciding, now: Instant) {
  return { git, reader, compute, now }
}

/** What a stretch of the mainline did, read as one merge. */
async function landedMerge(world: Deciding, base: string, tree: string): Promise<Merge> {
  return { ...(await readMerge(world, { git: world.git, base, tree })), landed: true }
}

async function readMerge(
  { reader, git }: Deciding,
  { base, tree, git: merged }: Pick<Merge, 'git' | 'base' | 'tree'>,
): Promise<Merge> {
  const before = await readTree(git, base, judgedPaths)
  const after = await readTree(merged, tree, judgedPaths)
  const closing = closingRulesUpTo(git, async () => base)
  const sides = await withClosedSides(sidesOf(before, after, reader), { closing, reader })
  return { git: merged, base, tree, sides, changes: changesBetween(sides.base, sides.result) }
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

function decidedAs(
  decision: Decision,
  evidence: Evidence,
  { pull, at, engine }: Ended,
  outcome: DecisionOutcome,
): Omit<NewDecision, 'commits' | 'policyCommit'> {
  const { demand, met, because, parts, until } = decision
  const counted = countedReviews(demand, evidence)
  const { digest, parts: digests } = subjectDigest(demand.subject, digestOf)
  return {
    at,
    outcome,
    pullRequest: pull.number,
    subject: decisionSubject(demand.key),
    policy: demand.policy.id,
    rule: demand.rule?.name ?? null,
    seen: counted[0]?.seen ?? null,
    head: pull.head,
    digest,
    digests,
    steps: [],
    engine,
    author: pull.author && personOf(pull.author),
    committers: pull.committers.map((each) => each && personOf(each)),
    verdict: { met, because, parts },
    ...(outcome === 'merged' && !met && until !== undefined && { due: until }),
    reviews: counted.map(({ review: { id, user, submittedAt }, seen }) => ({
      ...(id !== undefined && { id }),
      ...personOf(user),
      commit: seen,
      ...(submittedAt !== undefined && { at: submittedAt }),
    })),
  }
}

function personOf({ login, id }: Person): DecidedPerson {
  return { login, ...(id !== undefined && { user: id }) }
}
