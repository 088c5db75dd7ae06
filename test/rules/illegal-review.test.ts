import { illegal } from '../support/illegal.ts'

const file = 'records/review/2026/10/PIR-20261008-N5VT.yaml'

const legal = `id: PIR-20261008-N5VT
title: Review of the checkout outage
state: held
of: [INC-20261002-Q8TM]
owner: operations
facilitator: grace
held_at: 2026-10-08T08:00:00Z
participants: [ada, bob]
summary: A promotion mail doubled the visitors
actions:
  - { title: Enter promotions into the calendar, owner: operations, due: 2026-11-30, state: open }
log:
  - { at: 2026-10-08T10:00:00Z, by: grace, state: held }
`

const beside = {
  'records/incident/2026/10/INC-20261002-Q8TM.yaml': `id: INC-20261002-Q8TM
title: Checkout times out
state: new
service: webshop
impact: high
urgency: high
priority: P1
reporter: ada
opened_at: 2026-10-02T16:50:00Z
`,
}

const entry = 'state: held }\n'
const closing = `${entry}  - { at: 2026-11-20T10:00:00Z, by: ada, state: closed }\n`

illegal(file, legal, beside, {
  'a review of nothing': { edits: [['of: [INC-20261002-Q8TM]', 'of: []']], finds: ['4: `of` needs at least 1 entry'] },
  'a review of something that does not exist': {
    edits: [['INC-20261002-Q8TM', 'INC-20261002-ZZZZ']],
    finds: ['4: There is no incident or problem or change or release INC-20261002-ZZZZ'],
  },
  'a held review without what it found': {
    edits: [['summary: A promotion mail doubled the visitors\n', '']],
    finds: ['3: PIR-20261008-N5VT is held, which requires summary'],
  },
  'a held review that nobody led': {
    edits: [['facilitator: grace\n', '']],
    finds: ['3: PIR-20261008-N5VT is held, which requires facilitator'],
  },
  'an action without an owner': {
    edits: [['owner: operations, due', 'due']],
    finds: ['11: `actions[0].owner` is missing'],
  },
  'an action without a day': { edits: [['due: 2026-11-30, ', '']], finds: ['11: `actions[0].due` is missing'] },
  'an action due on a day that does not exist': {
    edits: [['2026-11-30', '2026-11-31']],
    finds: ['11: `actions[0].due` names a date that does not exist: `2026-11-31`'],
  },
  'closed with an open action': {
    edits: [
      ['state: held\n', 'state: closed\nlessons: Promotions are changes of load\n'],
      [entry, closing],
    ],
    finds: ['12: PIR-20261008-N5VT is closed, but "Enter promotions into the calendar" is open'],
  },
  'closed without lessons': {
    edits: [
      ['state: held\n', 'state: closed\n'],
      ['state: open', 'state: dropped, because: Marketing does'],
      [entry, closing],
    ],
    finds: ['3: PIR-20261008-N5VT is closed, which requires lessons'],
  },
  'an action dropped without a reason': {
    edits: [['state: open', 'state: dropped']],
    finds: ['11: "Enter promotions into the calendar" was dropped without a reason'],
  },
  'neither actions nor a reason for none': {
    edits: [
      ['actions:\n', ''],
      ['  - { title: Enter promotions into the calendar, owner: operations, due: 2026-11-30, state: open }\n', ''],
    ],
    finds: ['3: PIR-20261008-N5VT was held, but has neither actions nor no_actions_reason'],
  },
  'a held review called off': {
    edits: [
      ['state: held\n', 'state: cancelled\ncancel_reason: No time\n'],
      [entry, `${entry}  - { at: 2026-11-20T10:00:00Z, by: ada, state: cancelled }\n`],
    ],
    finds: ['15: PIR-20261008-N5VT cannot go from held to cancelled'],
  },
  'a review born closed': {
    born: true,
    edits: [
      ['state: held\n', 'state: closed\nlessons: Promotions are changes of load\n'],
      ['state: open', 'state: done, done_on: 2026-10-13'],
      ['log:\n  - { at: 2026-10-08T10:00:00Z, by: grace, state: held }\n', ''],
    ],
    finds: ['3: PIR-20261008-N5VT cannot be born closed'],
  },
})
