import { heldChangeWaits } from '../../src/rules/held-change-waits.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change/CHG-1.yaml'
const held = 'on_hold: { reason: The supplier is on strike }\n'
const before = { [file]: `id: CHG-1\nstate: scheduled\n${held}` }

cases(heldChangeWaits, {
  'it may be cancelled': { before, now: { [file]: `id: CHG-1\nstate: cancelled\n${held}` } },
  'it moves on once the hold is lifted': { before, now: { [file]: 'id: CHG-1\nstate: implement\n' } },
  'it cannot move on before': {
    before,
    now: {
      [file]: `id: CHG-1\nstate: implement # <- CHG-1 is on hold and cannot go from scheduled to implement\n${held}`,
    },
  },
  'it may be born on hold': { now: { [file]: `id: CHG-1\nstate: new\n${held}` } },
  'other types know no hold of this kind': {
    before: { 'records/problem/PRB-1.yaml': `id: PRB-1\nstate: new\n${held}` },
    now: { 'records/problem/PRB-1.yaml': `id: PRB-1\nstate: assess\n${held}` },
  },
})
