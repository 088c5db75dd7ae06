import { expect, test } from 'vitest'
import { assessmentsOf, computedOf } from '../../src/core/change-assessment.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

const records = shippedRecords()

test('tells what an approval of a change rests on: risk, impact, conflicts and windows', () => {
  const after = records.find('change', 'CHG-20261119-9FQW')
  if (!after) throw new Error('the change of the freeze is missing')
  const changes = [{ kind: 'added', after } as const]
  const facts = { rulebook: shipped.rulebook, records, unreadable: new Set<string>(), changes }
  const [assessment] = assessmentsOf(facts)
  expect(assessment?.risk.level).toBe('high')
  expect(assessment?.windows).toEqual([{ kind: 'freeze', id: 'black-friday-2026' }])
  const frozen = assessment?.conflicts.filter(({ with: other }) => other.id === 'black-friday-2026')
  expect(frozen?.map(({ kind, waiver }) => [kind, waiver?.approver])).toEqual([['ci_in_blackout', 'lena']])
  const computed = computedOf(assessment ? [assessment] : []).get('change/CHG-20261119-9FQW')
  expect(computed).toMatchObject({
    risk: 'high',
    windows: [{ kind: 'freeze', id: 'black-friday-2026' }],
  })
  expect(computed?.['conflicts']).toContainEqual({ kind: 'ci_in_blackout', id: 'black-friday-2026', open: false })
  expect(computed?.['impact']).toEqual(expect.arrayContaining(['ci/payment-gateway down', 'service/payment down']))
})

test('asks nothing about pull requests without changes', () => {
  expect(assessmentsOf({ rulebook: shipped.rulebook, records, unreadable: new Set<string>(), changes: [] })).toEqual([])
})

test('finds every change of the example organisation declared no lower than it is', () => {
  const changes = records.ofType('change').map((after) => ({ kind: 'added', after }) as const)
  const all = assessmentsOf({ rulebook: shipped.rulebook, records, unreadable: new Set<string>(), changes })
  const order = ['low', 'moderate', 'high', 'very_high']
  const low = all.filter(({ risk }) => risk.declared && order.indexOf(risk.declared) < order.indexOf(risk.level))
  expect(low.map(({ change, risk }) => `${change.id} ${risk.declared}: ${risk.verdict.because}`)).toEqual([])
})
