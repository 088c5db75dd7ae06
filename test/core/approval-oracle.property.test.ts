import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from '../../src/core/approval/decide.ts'
import type { Demand } from '../../src/core/approval/demand.ts'
import { policyOf } from '../../src/core/approval/policy.ts'
import type { PullRequest, Review } from '../../src/core/approval/pull-request.ts'
import type { Sight } from '../../src/core/approval/sight.ts'
import { indexRecords } from '../../src/core/facts.ts'
import type { Data } from '../../src/core/record.ts'

/** People by number; the team entries of some carry it as their id. */
const people = ['ada', 'bob', 'carla', 'dmitri', 'erik', 'mallory'] as const
const teams: Readonly<Record<string, readonly Data[]>> = {
  cab: [{ login: 'ada', id: 1 }, { login: 'Bob' }, { login: 'carla', id: 3 }],
  platform: [{ login: 'carla', id: 3 }, { login: 'dmitri' }],
}
const base = indexRecords(
  Object.entries(teams).map(([id, members]) => ({
    type: 'team',
    id,
    file: `records/team/${id}.yaml`,
    data: { id, members },
  })),
)

interface Case {
  readonly requires: readonly (readonly [approvals: number, from: readonly string[]])[]
  readonly author: number
  readonly committers: readonly (number | null)[]
  readonly requester: string
  readonly pushes: readonly number[]
  readonly reviews: readonly { who: number | null; state: Review['state']; commit: number | null; at: number }[]
  /** What each of the five commits shows; the last one pushed is the head. */
  readonly shows: readonly number[]
}

const approving = Array<Review['state']>(8).fill('APPROVED')

const cases: fc.Arbitrary<Case> = fc.record({
  requires: fc.array(
    fc.tuple(
      fc.constantFrom(1, 1, 1, 2, 3),
      fc.constantFrom(['cab'], ['platform'], ['cab', 'platform'], ['service-owner']),
    ),
    { minLength: 1, maxLength: 2 },
  ),
  author: fc.nat(5),
  committers: fc.array(fc.oneof({ weight: 20, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.constant(null) }), {
    maxLength: 1,
  }),
  requester: fc.constantFrom('', 'ada', 'BOB', 'Dmitri', 'somebody else'),
  pushes: fc.array(fc.nat(3), { maxLength: 4 }),
  reviews: fc.array(
    fc.record({
      who: fc.oneof({ weight: 40, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.constant(null) }),
      state: fc.constantFrom(...approving, 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING'),
      commit: fc.oneof({ weight: 15, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.constant(null) }),
      at: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 12 },
  ),
  shows: fc.array(fc.constantFrom(0, 0, 0, 0, 1), { minLength: 5, maxLength: 5 }),
})

const sha = (commit: number): string => String(commit).repeat(40)

/** Pushes happen at 10, 20, 30, …; the last commit pushed is the head, the fifth one where nothing is known. */
function head({ pushes }: Case): number {
  return pushes.at(-1) ?? 4
}

function engine(given: Case): boolean {
  const policy = policyOf({
    type: 'policy',
    id: 'p',
    file: 'p.yaml',
    data: {
      guards: 'change',
      rules: [
        { name: 'r', when: {}, require: { all: given.requires.map(([approvals, from]) => ({ approvals, from })) } },
      ],
    },
  })
  const [rule] = policy.rules
  if (!rule) throw new Error('no rule')
  const showing = (commit: number): Demand => ({
    key: 'change/CHG-1',
    id: 'CHG-1',
    type: 'change',
    place: { file: 'f', route: [] },
    reason: 'step',
    policy,
    rule,
    subject: { record: { shown: given.shows[commit] }, rule: rule.data },
    serviceOwners: ['platform'],
    involved: given.requester === '' ? [] : [{ field: 'requester', person: given.requester }],
  })
  const sights = new Map<string, Sight>([0, 1, 2, 3, 4].map((commit) => [sha(commit), { demands: [showing(commit)] }]))
  const person = (who: number) => ({ login: people[who] ?? '', id: who + 1 })
  const pull: PullRequest = {
    number: 1,
    author: person(given.author),
    base: 'main',
    head: sha(head(given)),
    committers: given.committers.map((who) => (who === null ? null : person(who))),
    heads: given.pushes.map((commit, at) => ({ sha: sha(commit), since: (at + 1) * 10 })),
    bases: [],
    reviews: given.reviews.map(({ who, state, commit, at }) => ({
      user: who === null ? null : { ...person(who), program: false },
      state,
      commit: commit === null ? null : sha(commit),
      submittedAt: at,
    })),
    now: 100,
  }
  return decide(showing(head(given)), { pull, sights, base, result: base, now: 100 }).met
}

/** The same question answered in the plainest way, without any part of the engine. */
function oracle(given: Case): boolean {
  if (given.committers.includes(null)) return false
  const memberOf: Readonly<Record<string, readonly number[]>> = {
    cab: [0, 1, 2],
    platform: [2, 3],
    'service-owner': [2, 3],
  }
  const logins = people.map((login) => login.toLowerCase())
  const decisive = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']
  const lastWord = new Map<number | string, Case['reviews'][number]>()
  const byTime = given.reviews
    .map((review, order) => ({ ...review, order }))
    .sort((a, b) => a.at - b.at || a.order - b.order)
  for (const review of byTime) {
    if (decisive.includes(review.state)) lastWord.set(review.who ?? `gone ${review.order}`, review)
  }
  const named = given.requires.flatMap(([, from]) => from.flatMap((team) => memberOf[team] ?? []))
  const good = new Set<number>()
  for (const review of lastWord.values()) {
    if (review.state === 'CHANGES_REQUESTED' && (review.who === null || named.includes(review.who))) return false
    if (review.state !== 'APPROVED' || review.who === null || review.commit === null) continue
    if (review.who === given.author || given.committers.includes(review.who)) continue
    if (logins[review.who] === given.requester.toLowerCase()) continue
    const headThen = given.pushes.filter((_, at) => (at + 1) * 10 <= review.at).at(-1)
    const firstPush = given.pushes.indexOf(review.commit)
    const pushedLater = firstPush >= 0 && (firstPush + 1) * 10 > review.at
    if (headThen === undefined && pushedLater) continue
    const looked = [...(headThen === undefined ? [] : [headThen]), ...(pushedLater ? [] : [review.commit])]
    if (looked.every((commit) => given.shows[commit] === given.shows[head(given)])) good.add(review.who)
  }
  return given.requires.every(([approvals, from]) => {
    const eligible = new Set(from.flatMap((team) => memberOf[team] ?? []))
    return [...good].filter((who) => eligible.has(who)).length >= approvals
  })
}

describe('the decision on approvals', () => {
  test('agrees with an oracle that shares no code with it, on random review histories', () => {
    let [met, refused] = [0, 0]
    fc.assert(
      fc.property(cases, (given) => {
        const expected = oracle(given)
        if (expected) met += 1
        else refused += 1
        expect(engine(given)).toBe(expected)
      }),
      { numRuns: 4000, seed: 20261121 },
    )
    expect(met).toBeGreaterThan(500)
    expect(refused).toBeGreaterThan(1000)
  })
})
