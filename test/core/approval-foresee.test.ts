import { expect, test } from 'vitest'
import { demandsOf, type Proposal } from '../../src/core/approval/demand.ts'
import { foreseenDemands } from '../../src/core/approval/foresee.ts'
import { indexRecords } from '../../src/core/facts.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { shipped, shippedRecords } from '../support/shipped.ts'

function foreseen(type: string, data: Data) {
  const after: RecordDoc = { type, id: 'X-1', file: `records/${type}/X-1.yaml`, data }
  const base = shippedRecords()
  const proposal: Proposal = {
    rulebook: shipped.rulebook,
    base,
    result: indexRecords([...base.all, after]),
    changes: [{ kind: 'added', after }],
    files: [],
    computed: new Map(),
  }
  return foreseenDemands(proposal, demandsOf(proposal)).map(({ reason, rule }) => [reason, rule?.name])
}

const change = { change_type: 'normal', risk: 'low', services: ['webshop'] }

test.each<[string, string, Data, readonly (readonly string[])[]]>([
  ['a change that is only asked for', 'change', { ...change, state: 'new' }, [['authorize → scheduled', 'other']]],
  ['a risky one', 'change', { ...change, state: 'assess', risk: 'high' }, [['authorize → scheduled', 'high risk']]],
  ['one that is authorised in this very pull request', 'change', { ...change, state: 'scheduled' }, []],
  ['one that is under way', 'change', { ...change, state: 'implement' }, []],
  ['a standard change', 'change', { ...change, change_type: 'standard', state: 'new' }, []],
  ['a draft of an article', 'knowledge', { state: 'draft', owner: 'operations' }, [['review → scheduled', 'internal']]],
  ['an incident', 'incident', { state: 'new' }, []],
])('the approval ahead of %s is told', (_, type, data, expected) => {
  expect(foreseen(type, data)).toEqual(expected)
})
