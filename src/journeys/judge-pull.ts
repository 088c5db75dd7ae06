import { type PullRequestFacts, type Reading, readPullRequest } from '../adapters/github/pull-request.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Found } from './conclude.ts'
import { judgeProposal } from './judge-proposal.ts'
import type { OpenPulls } from './open-pulls.ts'
import type { PullStore } from './pull-store.ts'
import type { World } from './world.ts'

/** The name of the check run that the gate writes, and that a ruleset requires. */
export const gateCheck = 'gitsm/gate'

/** A pull request as it was read, and what was found about merging it. */
export interface JudgedPull {
  readonly facts: PullRequestFacts
  readonly found: Found
}

/** What may be asked of a judgement beside what is, and what is known already. */
export interface What {
  /** The commit to merge into; the tip of the base where left out. */
  readonly into?: string
  /** Logins of people who are taken to have approved. */
  readonly assume?: readonly string[]
  /** The reviews of the pull request, where they were read before. */
  readonly reviews?: Reading['reviews']
}

/** Reads everything about an open pull request, and judges what merging it now would change. */
export async function judgePull(world: World, open: OpenPulls, number: number, what: What = {}): Promise<JudgedPull> {
  const facts = await readFacts(world, open, number, what.reviews)
  return { facts, found: await judgeFacts(world, open, facts, what) }
}

/**
 * Reads everything about an open pull request, as of now or of the last review: what GitHub dates after the start of
 * this run, or by a clock that is ahead of ours, was given all the same.
 */
export async function readFacts(
  { now }: World,
  { github, base }: OpenPulls,
  number: number,
  reviews?: Reading['reviews'],
): Promise<PullRequestFacts> {
  const known = { now, bases: base.tips, ...(reviews && { reviews }) }
  const facts = await readPullRequest(github, number, known)
  return { ...facts, now: Math.max(now, ...facts.reviews.map(({ submittedAt = 0 }) => submittedAt)) }
}

/** Judges what merging a pull request that was read would change. */
export async function judgeFacts(world: World, open: OpenPulls, facts: PullRequestFacts, what: What): Promise<Found> {
  const { base, store, reader, tentative } = open
  const { number, head } = facts
  if (!(await store.bring(head))) {
    throw new Fault(`The head ${head.slice(0, 7)} of pull request ${number} could not be fetched`, {
      cure: 'Run the command again: it may have been pushed only now',
      code: exit.outside,
    })
  }
  await bringSeen(store, facts)
  const { into = base.commit, assume: assumed = [] } = what
  const others = tentative.filter(({ pull }) => pull !== number)
  return judgeProposal({ ...world, reader }, store.git, { base: into, head, pull: facts, assumed, others })
}

/** As many commits that somebody approved are looked for one by one. */
const mostSeen = 20

/** After a forced push no reference leads to what somebody approved; GitHub keeps it, and it must be seen to hold. */
async function bringSeen({ bring }: PullStore, { reviews, heads }: PullRequestFacts): Promise<void> {
  const approved = reviews.filter(({ state }) => state === 'APPROVED')
  const seen = approved.flatMap(({ commit, submittedAt }) => {
    const standing = heads.filter(({ since }) => submittedAt !== undefined && since <= submittedAt).at(-1)?.sha
    return [commit, standing].filter((sha) => typeof sha === 'string' && !/^0+$/.test(sha))
  })
  for (const commit of [...new Set(seen)].slice(-mostSeen)) if (typeof commit === 'string') await bring(commit)
}
