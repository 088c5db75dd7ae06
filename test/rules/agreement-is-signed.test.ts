import { agreementIsSigned } from '../../src/rules/agreement-is-signed.ts'
import { cases } from '../support/cases.ts'

const file = 'records/sla/gold.yaml'
const signed = 'signatories: [{ name: ada, party: retail, signed_on: 2026-01-01 }]\n'

cases(agreementIsSigned, {
  'signed, and to be looked at again': {
    now: { [file]: `id: gold\nstate: active\n${signed}review_on: 2027-01-01\n` },
  },
  'what is only assumed promises nothing': { now: { [file]: 'id: gold\nstate: active\nassumed: true\n' } },
  'a draft and what was superseded need neither': {
    now: { [file]: 'id: gold\nstate: draft\n', 'records/sla/old.yaml': 'id: old\nstate: superseded\n' },
  },
  'in force by nobody, for ever': {
    now: {
      [file]:
        'id: gold\nstate: active # <- gold is in force, but nobody has signed it && gold is in force, but nobody will look at it again\n',
    },
  },
  'signed by nobody': {
    now: {
      [file]:
        'id: gold\nstate: active # <- gold is in force, but nobody has signed it\nsignatories: []\nreview_on: 2027-01-01\n',
    },
  },
})
