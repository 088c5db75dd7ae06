import { policyGuardsAreClear } from '../../src/rules/policy-guards-are-clear.ts'
import { cases } from '../support/cases.ts'

const policy = (id: string, guards: string) => `id: ${id}
title: Who approves
guards: ${guards}
rules: [{ name: any, when: {}, require: none }]
`

cases(policyGuardsAreClear, {
  'types that exist, and governance': {
    now: {
      'records/policy/one.yaml': policy('one', '[incident, ci]'),
      'records/policy/two.yaml': policy('two', 'governance'),
    },
  },
  'a type that does not exist': {
    now: { 'records/policy/one.yaml': policy('one', 'incidents # <- There is no record type incidents to guard') },
  },
  'a type that does not exist, in a list': {
    now: {
      'records/policy/one.yaml': policy(
        'one',
        '\n  - incident\n  - governence # <- There is no record type governence to guard',
      ),
    },
  },
  'one type with two policies': {
    now: {
      'records/policy/one.yaml': policy('one', 'incident'),
      'records/policy/two.yaml': policy('two', '\n  - ci\n  - incident # <- two and one both guard incident'),
    },
  },
})
