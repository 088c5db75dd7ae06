import { expect, test } from 'vitest'
import type { Demand } from '../../src/core/approval/demand.ts'
import { policyOf } from '../../src/core/approval/policy.ts'
import { changedSince } from '../../src/core/approval/sight.ts'
import type { Data } from '../../src/core/record.ts'

function demand(policyId: string, rule: Data, key = 'team/cab'): Demand {
  const data = { id: policyId, guards: 'team', rules: [{ when: {}, require: 'none', ...rule }] }
  const policy = policyOf({ type: 'policy', id: policyId, file: `${policyId}.yaml`, data })
  const [first] = policy.rules
  return {
    ...{ key, id: 'cab', place: { file: 'f', route: [] }, reason: 'edited', policy, serviceOwners: [], involved: [] },
    ...{ subject: { record: { id: 'cab' }, rule: first?.data ?? null }, ...(first && { rule: first }) },
  }
}

const asked = demand('team-membership', { name: 'members' })

test('of what was seen, that counts which the same policy asked about the same thing', () => {
  const governing = demand('governance', { name: 'members', require: { approvals: 2, from: ['board'] } })
  const elsewhere = demand('team-membership', { name: 'members', require: { author: ['cab'] } }, 'team/other')
  expect(changedSince(asked, { demands: [governing, elsewhere, asked] })).toBeUndefined()
  expect(changedSince(asked, { demands: [governing, elsewhere] })).toBe('it asked for no such approval then')
})

test('a rule that decides now and did not, and one that was changed, are told by name', () => {
  const other = demand('team-membership', { name: 'new team' })
  expect(changedSince(asked, { demands: [other] })).toBe('the rule members decides now instead of new team')
  const laxer = demand('team-membership', { name: 'members', expires: 'P14D' })
  expect(changedSince(asked, { demands: [laxer] })).toBe('the rule members was changed')
  const edited: Demand = { ...laxer, subject: { ...laxer.subject, record: { id: 'cab', title: 'CAB' } } }
  expect(changedSince(asked, { demands: [edited] })).toBe('title was changed, and the rule members was changed')
})

test('where a record asked by several rules, the one of the same name is compared', () => {
  const other = demand('team-membership', { name: 'new team' })
  expect(changedSince(asked, { demands: [other, asked] })).toBeUndefined()
})

test('what cannot be read, or was never looked at, is no approval', () => {
  expect(changedSince(asked, { unreadable: 'it is gone' })).toBe('it is gone')
  expect(changedSince(asked, undefined)).toBe('what was seen is not known')
})
