import { declaredNotAhead } from '../../src/rules/declared-not-ahead.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const asOf = '2026-03-02T09:00:00Z'

cases(declaredNotAhead, {
  'what lies in the past, or as little ahead as clocks differ, passes': {
    asOf,
    now: { [file]: 'id: INC-1\nopened_at: 2026-03-02T08:00:00Z\nlog:\n  - { at: 2026-03-02T09:05:00Z, by: ada }\n' },
  },
  'a time that lies ahead is reported': {
    asOf,
    now: {
      [file]:
        'id: INC-1\nopened_at: 2026-03-02T11:00:00+01:00 # <- INC-1 says of 2026-03-02 10:00 UTC that it is opened_at, and was written at 2026-03-02 09:00 UTC\n',
    },
  },
  'a new log entry that lies ahead is reported, an old one is not': {
    asOf,
    before: { [file]: 'id: INC-1\nlog:\n  - { at: 2026-03-04T09:00:00Z, by: ada }\n' },
    now: {
      [file]:
        'id: INC-1\nlog:\n  - { at: 2026-03-04T09:00:00Z, by: ada }\n  - { at: 2026-03-04T09:00:00Z, by: bob } # <- INC-1 says of 2026-03-04 09:00 UTC that its log has an entry, and was written at 2026-03-02 09:00 UTC\n',
    },
  },
  'what is planned may lie ahead': { asOf, now: { [file]: 'id: INC-1\nplanned_start: 2026-04-02T11:00:00Z\n' } },
  'nothing is said where nobody knows when it was written': {
    now: { [file]: 'id: INC-1\nopened_at: 2099-03-02T11:00:00Z\n' },
  },
})
