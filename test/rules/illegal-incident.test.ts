import { illegal } from '../support/illegal.ts'

const file = 'records/incident/2026/11/INC-20261102-K7QX.yaml'

const legal = `id: INC-20261102-K7QX
title: Checkout is slow
state: resolved
service: webshop
cis: [web-1]
impact: high
urgency: medium
priority: P2
reporter: ada
team: operations
opened_at: 2026-11-02T08:15:00Z
major: true
resolution_code: fixed
resolution: Restarted the gateway
log:
  - { at: 2026-11-02T08:20:00Z, by: bob, state: in_progress }
  - { at: 2026-11-02T09:20:00Z, by: bob, state: resolved }
`

const last = 'state: resolved }\n'
const step = (state: string, at = '2026-11-20T10:00:00Z') => `${last}  - { at: ${at}, by: bob, state: ${state} }\n`

illegal(
  file,
  legal,
  {},
  {
    'a major incident closed without its review': {
      edits: [
        ['state: resolved\n', 'state: closed\n'],
        [last, step('closed')],
      ],
      finds: ['18: INC-20261102-K7QX cannot be closed: it is a major incident without a review'],
    },
    'reopened when the window for it is over': {
      edits: [
        ['state: resolved\n', 'state: in_progress\nreopen_reason: Slow again\n'],
        [last, step('in_progress')],
      ],
      finds: ['19: INC-20261102-K7QX cannot go from resolved to in_progress more than 14 d after it became resolved'],
    },
    'reopened without a reason': {
      edits: [
        ['state: resolved\n', 'state: in_progress\n'],
        [last, step('in_progress', '2026-11-03T10:00:00Z')],
      ],
      finds: ['18: INC-20261102-K7QX cannot go from resolved to in_progress without reopen_reason'],
    },
    'cancelled after it was resolved': {
      edits: [
        ['state: resolved\n', 'state: cancelled\ncancel_reason: not_an_incident\n'],
        [last, step('cancelled')],
      ],
      finds: ['19: INC-20261102-K7QX cannot go from resolved to cancelled'],
    },
    'resolved without saying how': {
      edits: [['resolution: Restarted the gateway\n', '']],
      finds: ['3: INC-20261102-K7QX is resolved, which requires resolution'],
    },
    'on hold for a reason that there is not': {
      born: true,
      edits: [
        ['state: resolved\n', 'state: on_hold\nhold_reason: lunch\n'],
        ['  - { at: 2026-11-02T09:20:00Z, by: bob, state: resolved }\n', ''],
      ],
      finds: ['4: `hold_reason` cannot be `lunch`'],
    },
    'a priority of one’s own choosing': {
      edits: [['priority: P2', 'priority: P1']],
      finds: ['8: priority P1 does not fit impact high and urgency medium, which make P2'],
    },
    'a part of itself': {
      edits: [['major: true\n', 'parent: INC-20261102-K7QX\n']],
      finds: ['12: INC-20261102-K7QX names itself as parent'],
    },
    'a duplicate of nothing': {
      edits: [['major: true\n', 'cancel_reason: duplicate\n']],
      finds: ['1: `duplicate_of` is missing'],
    },
    'an outage that ends before it begins': {
      edits: [
        ['log:\n', 'outage:\n  - { service: webshop, from: 2026-11-02T09:00:00Z, to: 2026-11-02T08:00:00Z }\nlog:\n'],
      ],
      finds: ['16: The outage of webshop ends before it begins'],
    },
    'an outage that goes on though all is well': {
      edits: [['log:\n', 'outage:\n  - { service: webshop, from: 2026-11-02T09:00:00Z }\nlog:\n']],
      finds: ['16: INC-20261102-K7QX is resolved, but the outage of webshop has no end'],
    },
    'an outage of a service that does not exist': {
      edits: [
        ['log:\n', 'outage:\n  - { service: shop, from: 2026-11-02T09:00:00Z, to: 2026-11-02T09:10:00Z }\nlog:\n'],
      ],
      finds: ['16: There is no service shop'],
    },
    'a score beyond the scale': {
      edits: [['log:\n', 'satisfaction: 0\nlog:\n']],
      finds: ['15: `satisfaction` must be at least 1, but is `0`'],
    },
    'resolved before it was opened': {
      edits: [['log:\n', 'resolved_at: 2026-11-01T08:00:00Z\nlog:\n']],
      finds: ['15: resolved_at lies before opened_at'],
    },
  },
)
