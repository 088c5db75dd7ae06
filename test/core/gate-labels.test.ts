import { expect, test } from 'vitest'
import type { Decision } from '../../src/core/approval/decide.ts'
import type { Demand } from '../../src/core/approval/demand.ts'
import { policyOf } from '../../src/core/approval/policy.ts'
import { labelsOf } from '../../src/core/gate/labels.ts'
import type { Judgement } from '../../src/core/judgement.ts'

type Gate = NonNullable<Judgement['gate']>

function labelled(verdict: Gate['verdict'], ...decisions: readonly Decision[]): readonly string[] {
  const gate: Gate = { verdict, changes: [], assessments: [], decisions, foreseen: [], assumed: [] }
  return labelsOf({ diagnostics: [], summary: { records: 0, errors: 0, warnings: 0 }, sources: new Map(), gate })
}

function decision(require: unknown, met: boolean, until?: number): Decision {
  const data = { id: 'p', guards: 'change', rules: [{ name: 'r', when: {}, require }] }
  const policy = policyOf({ type: 'policy', id: 'p', file: 'p.yaml', data })
  const [rule] = policy.rules
  const demand: Demand = {
    ...{ key: 'change/X', id: 'X', type: 'change', place: { file: 'f', route: [] }, reason: 'born', policy },
    ...{ subject: {}, serviceOwners: [], involved: [], ...(rule && { rule }) },
  }
  return { demand, met, because: '', parts: [], ...(until !== undefined && { until }) }
}

const cab = { approvals: 1, from: ['cab'] }

test('what passes before its approval is not labelled as approved', () => {
  expect(labelled('pass', decision(cab, true), decision(cab, false, 9))).toEqual(['gitsm:approval-to-follow'])
  expect(labelled('pass', decision(cab, true), decision('none', true))).toEqual(['gitsm:approved'])
  expect(labelled('pass', decision('none', true))).toEqual([])
  expect(labelled('pending', decision(cab, false))).toEqual(['gitsm:awaiting-cab'])
  expect(labelled('fail', decision(cab, false))).toEqual(['gitsm:refused'])
})
