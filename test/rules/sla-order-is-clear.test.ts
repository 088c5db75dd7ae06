import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import { slaOrderIsClear } from '../../src/rules/sla-order-is-clear.ts'
import { agreementFacts } from '../support/agreement-facts.ts'
import { slaRecord } from '../support/life.ts'

const resolution = { resolution: { stop: ['resolved'], target: 'PT8H' } }
const response = { response: { stop: ['in_progress'], target: 'PT1H' } }

function found(one: Data, other: Data): readonly string[] {
  const records = [
    slaRecord('gold', { targets: resolution, ...one }),
    slaRecord('silver', { targets: resolution, ...other }),
  ]
  return Array.from(slaOrderIsClear.check(agreementFacts(records)), ({ message }) => message)
}

const clash = ['silver and gold can both cover a record, with order 10 for resolution']

describe('agreements that can meet need different orders', () => {
  test.each<[string, Data, Data]>([
    ['the same selectors', {}, {}],
    ['one that covers all', { applies_to: { type: 'incident', service: ['webshop'] } }, { applies_to: {} }],
    ['selectors on different fields', { applies_to: { service: ['webshop'] } }, { applies_to: { priority: ['P1'] } }],
    ['a service in common', { applies_to: { service: ['webshop', 'mail'] } }, { applies_to: { service: 'mail' } }],
    [
      'different values of a field that holds a list',
      { applies_to: { cis: ['web-1'] } },
      { applies_to: { cis: ['web-2'] } },
    ],
    ['a target in common', { targets: { ...response, ...resolution } }, {}],
  ])('%s', (_, one, other) => {
    expect(found(one, other)).toEqual(clash)
  })
})

describe('there is no doubt which comes first', () => {
  test.each<[string, Data, Data]>([
    [
      'when they cover different services',
      { applies_to: { service: ['webshop'] } },
      { applies_to: { service: ['mail'] } },
    ],
    ['when they cover different types', { applies_to: { type: 'incident' } }, { applies_to: { type: 'request' } }],
    ['when they are of different kinds', { kind: 'ola' }, {}],
    ['when they have different targets', { targets: response }, {}],
    ['when one of them is not active', { state: 'draft' }, {}],
    ['when their orders differ', { order: 5 }, {}],
  ])('%s', (_, one, other) => {
    expect(found(one, other)).toEqual([])
  })
})
