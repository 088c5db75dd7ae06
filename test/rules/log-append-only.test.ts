import { logAppendOnly } from '../../src/rules/log-append-only.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const before = { [file]: 'id: INC-1\nlog:\n  - { by: ada, note: one }\n  - { by: bob, note: two }\n' }

cases(logAppendOnly, {
  'an appended entry passes, also when the others are laid out anew': {
    before,
    now: { [file]: 'id: INC-1\nlog:\n  - note: one\n    by: ada\n  - { note: two, by: bob }\n  - { note: three }\n' },
  },
  'a changed entry is reported': {
    before,
    now: {
      [file]:
        'id: INC-1\nlog:\n  - { by: ada, note: one }\n  - { by: bob, note: 2 } # <- An existing log entry was changed\n',
    },
  },
  'a removed entry is reported at the log': {
    before,
    now: { [file]: 'id: INC-1\nlog: # <- An existing log entry was removed\n  - { by: ada, note: one }\n' },
  },
  'a removed log is reported at the record': {
    before,
    now: { [file]: 'id: INC-1 # <- An existing log entry was removed\n' },
  },
  'an entry put before the others is reported once': {
    before,
    now: {
      [file]:
        'id: INC-1\nlog:\n  - { note: zero } # <- An existing log entry was changed\n  - { by: ada, note: one }\n  - { by: bob, note: two }\n',
    },
  },
})
