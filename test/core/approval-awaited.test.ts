import { expect, test } from 'vitest'
import { awaitedOf } from '../../src/core/approval/awaited.ts'
import { approvalsVerdict } from '../../src/core/approval/ballot.ts'
import { leaf } from '../../src/core/verdict.ts'

const ballot = {
  teams: ['cab'],
  members: 3,
  barred: [],
  votes: [{ login: 'ada', team: 'cab' }],
  open: ['lena', 'dmitri'],
}

test('a missing approval tells how many are awaited, of which teams, and who can still give them', () => {
  expect(approvalsVerdict(2, ['cab'], ballot).awaits).toEqual({
    approvals: 1,
    teams: ['cab'],
    people: ['lena', 'dmitri'],
  })
})

test('nobody is awaited where all have approved, or where too few are left who could', () => {
  expect(approvalsVerdict(1, ['cab'], ballot).awaits).toBeUndefined()
  expect(approvalsVerdict(4, ['cab'], ballot).awaits).toBeUndefined()
})

test('whom a pull request awaits stands anywhere in its unmet verdicts, and each requirement once', () => {
  const missing = approvalsVerdict(2, ['cab'], ballot)
  const nested = {
    met: false,
    because: 'all',
    parts: [leaf(true, 'fine'), { met: false, because: 'any', parts: [missing] }],
  }
  const met = { met: true, because: 'given', parts: [missing] }
  expect(awaitedOf([nested, nested])).toEqual([missing.awaits])
  expect(awaitedOf([met])).toEqual([])
})
