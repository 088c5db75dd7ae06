import { expect, test } from 'vitest'
import { countedReviews } from '../../src/core/approval/counted-reviews.ts'
import type { Demand } from '../../src/core/approval/demand.ts'
import { policyOf } from '../../src/core/approval/policy.ts'
import type { PullRequest, Review } from '../../src/core/approval/pull-request.ts'
import { indexRecords } from '../../src/core/facts.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'

const head = 'a'.repeat(40)
const doc = (type: string, id: string, data: Data): RecordDoc => ({
  type,
  id,
  file: `${id}.yaml`,
  data: { id, ...data },
})
const base = indexRecords([
  doc('team', 'cab', { members: [{ login: 'ada' }, { login: 'bob' }] }),
  doc('team', 'platform', { members: [{ login: 'carla' }] }),
])
const policy = policyOf(
  doc('policy', 'p', {
    guards: 'change',
    rules: [
      {
        name: 'r',
        when: {},
        require: {
          all: [
            { approvals: 1, from: ['platform'] },
            { approvals: 2, from: ['cab'] },
          ],
        },
      },
    ],
  }),
)
const [rule] = policy.rules
const demand: Demand = {
  ...{ key: 'change/X', id: 'X', type: 'change', place: { file: 'f', route: [] }, reason: 'born', policy },
  ...{ subject: {}, serviceOwners: [], involved: [], ...(rule && { rule }) },
}
const approval = (login: string, at: number): Review => ({
  user: { login, program: login.endsWith('[bot]') },
  state: 'APPROVED',
  commit: head,
  submittedAt: at,
})

test('reviews that count are those of members of any team asked, enough or not, and nobody else’s', () => {
  const reviews = [
    ...[approval('mallory', 1), approval('carla', 2), approval('ada', 3), approval('steward[bot]', 4)],
    ...[approval('bob', 5), { ...approval('erik', 6), state: 'CHANGES_REQUESTED' as const }],
  ]
  const pull: PullRequest = {
    ...{
      number: 1,
      author: { login: 'bob' },
      base: 'main',
      head,
      committers: [],
      heads: [],
      bases: [],
      reviews,
      now: 9,
    },
  }
  const sights = new Map([[head, { demands: [demand] }]])
  const counted = countedReviews(demand, { pull, sights, base, result: base, now: 9 })
  expect(counted.map(({ review, seen }) => [review.user.login, seen])).toEqual([
    ['carla', head],
    ['ada', head],
  ])
})
