import { openedAtStands } from '../../src/rules/opened-at-stands.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const recorded = { 'incident/INC-1': { born: '2026-03-02T09:00:00Z', last: '2026-03-02T10:00:00Z' } }
const early = 'id: INC-1\nopened_at: 2026-03-02T03:00:00Z\n'

cases(openedAtStands, {
  'an earlier time is believed': { recorded, before: { [file]: early }, now: { [file]: early.replace('T03', 'T02') } },
  'the same instant in another zone is no move': {
    recorded,
    before: { [file]: early },
    now: { [file]: early.replace('T03:00:00Z', 'T04:00:00+01:00') },
  },
  'a later time is reported': {
    recorded,
    before: { [file]: early },
    now: {
      [file]:
        'id: INC-1\nopened_at: 2026-03-02T08:30:00Z # <- INC-1 was opened at 2026-03-02T03:00:00Z by its own account, and that is moved later\n',
    },
  },
  'so is taking it out': {
    recorded,
    before: { [file]: early },
    now: {
      [file]: 'id: INC-1 # <- INC-1 was opened at 2026-03-02T03:00:00Z by its own account, and that is moved later\n',
    },
  },
  'moving a time that starts no clock, because the record was born before it, passes': {
    recorded,
    before: { [file]: early.replace('T03', 'T11') },
    now: { [file]: early.replace('T03', 'T12') },
  },
  'nothing is said where nobody knows when it was recorded': {
    before: { [file]: early },
    now: { [file]: early.replace('T03', 'T08') },
  },
})
