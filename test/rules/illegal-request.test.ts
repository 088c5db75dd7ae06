import { illegal } from '../support/illegal.ts'

const file = 'records/request/2026/11/REQ-20261116-4KJM.yaml'

const legal = `id: REQ-20261116-4KJM
title: A laptop for the new buyer
state: awaiting_approval
item: laptop
service: customer-accounts
requester: ines
requested_for: L. Sommer
opened_at: 2026-11-16T09:00:00Z
form:
  model: 13 inch
  keyboard: German
  needed_by: 2026-12-01
log:
  - { at: 2026-11-16T09:05:00Z, by: ines, state: awaiting_approval }
`

const entry = 'state: awaiting_approval }\n'
const approvedEntry = `${entry}  - { at: 2026-11-16T13:00:00Z, by: ada, state: approved }\n`
const approval = 'approved_by: [ada]\napproved_at: 2026-11-16T13:00:00Z\nlog:\n'

illegal(
  file,
  legal,
  {},
  {
    'an item that the catalogue does not have': {
      edits: [['item: laptop', 'item: lap-top']],
      finds: ['4: There is no catalogue-item lap-top'],
    },
    'an item that is offered no more': {
      born: true,
      edits: [
        ['item: laptop', 'item: fax-number'],
        ['form:\n  model: 13 inch\n  keyboard: German\n  needed_by: 2026-12-01\n', ''],
      ],
      finds: ['4: fax-number cannot be requested: it is retired'],
    },
    'a model that the form does not offer': {
      edits: [['model: 13 inch', 'model: 15 inch']],
      finds: ['10: `form.model` cannot be `15 inch`'],
    },
    'an answer that is missing': {
      edits: [['  needed_by: 2026-12-01\n', '']],
      finds: ['10: `form.needed_by` is missing'],
    },
    'an answer that nobody asked for': {
      edits: [['  keyboard: German\n', '  keyboard: German\n  colour: red\n']],
      finds: ['12: `form.colour` is not a known field'],
    },
    'approved without anybody': {
      edits: [
        ['state: awaiting_approval\n', 'state: approved\n'],
        [entry, approvedEntry],
      ],
      finds: [
        '3: REQ-20261116-4KJM is approved, which requires approved_at',
        '3: REQ-20261116-4KJM is approved, which requires approved_by',
      ],
    },
    'approved by the requester': {
      edits: [
        ['state: awaiting_approval\n', 'state: approved\n'],
        ['log:\n', approval.replace('ada', 'ines')],
        [entry, approvedEntry],
      ],
      finds: ['13: ines cannot approve a request of their own'],
    },
    'approved by someone whom the item does not ask': {
      edits: [
        ['state: awaiting_approval\n', 'state: approved\n'],
        ['log:\n', approval.replace('ada', 'kate')],
        [entry, approvedEntry],
      ],
      finds: ['13: kate is no member of operations or payments, whom laptop asks'],
    },
    'approved before it was asked for': {
      edits: [
        ['state: awaiting_approval\n', 'state: approved\n'],
        ['log:\n', approval.replace('2026-11-16T13', '2026-11-15T13')],
        [entry, approvedEntry],
      ],
      finds: ['14: approved_at lies before opened_at'],
    },
    'fulfilled while it awaits approval': {
      edits: [
        ['state: awaiting_approval\n', 'state: in_fulfilment\nteam: service-desk\n'],
        [entry, `${entry}  - { at: 2026-11-16T13:00:00Z, by: ada, state: in_fulfilment }\n`],
      ],
      finds: ['16: REQ-20261116-4KJM cannot go from awaiting_approval to in_fulfilment'],
    },
    'rejected without a reason': {
      edits: [
        ['state: awaiting_approval\n', 'state: rejected\n'],
        [entry, `${entry}  - { at: 2026-11-16T13:00:00Z, by: ada, state: rejected }\n`],
      ],
      finds: ['3: REQ-20261116-4KJM is rejected, which requires reject_reason'],
    },
    'on hold without a reason': {
      edits: [
        ['state: awaiting_approval\n', 'state: on_hold\nteam: service-desk\n'],
        ['log:\n', approval],
        [
          entry,
          `${approvedEntry}  - { at: 2026-11-16T13:10:00Z, by: ada, state: in_fulfilment }\n  - { at: 2026-11-16T14:00:00Z, by: ada, state: on_hold }\n`,
        ],
      ],
      finds: ['3: REQ-20261116-4KJM is on_hold, which requires hold_reason'],
    },
    'fulfilled with a task of the item left out': {
      edits: [
        ['state: awaiting_approval\n', 'state: fulfilled\nteam: service-desk\nfulfilled_at: 2026-11-20T09:00:00Z\n'],
        [
          'log:\n',
          `tasks:\n  - { title: Order it from the supplier, done: true }\n  - { title: Install the tools of the team, done: true }\n${approval}`,
        ],
        [
          entry,
          `${approvedEntry}  - { at: 2026-11-16T13:10:00Z, by: ada, state: in_fulfilment }\n  - { at: 2026-11-20T09:00:00Z, by: ada, state: fulfilled }\n`,
        ],
      ],
      finds: ['15: REQ-20261116-4KJM lacks the task "Hand it over and enter it as a configuration item" of laptop'],
    },
    'a satisfaction of six': {
      edits: [['log:\n', 'satisfaction: 6\nlog:\n']],
      finds: ['13: `satisfaction` must be at most 5, but is `6`'],
    },
  },
)
