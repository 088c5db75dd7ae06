import { illegal } from '../support/illegal.ts'

const file = 'records/sla/ledger-ola.yaml'

const legal = `id: ledger-ola
title: What payments promises about the ledger
kind: ola
customer: operations
provider: payments
state: draft
applies_to: { type: incident, service: [payment] }
order: 30
targets:
  handling:
    while: { team: [payments] }
    stop: [resolved, closed]
    pause: ["on_hold:awaiting_vendor"]
    target: { P1: PT2H, default: PT8H }
    calendar: { P1: always, default: berlin-office }
objective: 90
`

illegal(
  file,
  legal,
  {},
  {
    'coming into force unsigned': {
      edits: [['state: draft', 'state: active']],
      finds: [
        '6: ledger-ola cannot go from draft to active without review_on',
        '6: ledger-ola cannot go from draft to active without signatories',
      ],
    },
    'a kind that there is not': { edits: [['kind: ola', 'kind: slo']], finds: ['3: `kind` cannot be `slo`'] },
    'a record type that there is not': {
      edits: [['type: incident', 'type: incidents']],
      finds: ['7: There is no record type incidents'],
    },
    'a field that records do not have': {
      edits: [['service: [payment]', 'services: [payment]']],
      finds: ['7: incident records have no field services'],
    },
    'a service that there is not': {
      edits: [['[payment]', '[paiment]']],
      finds: ['7: There is no service paiment'],
    },
    'a state that stops nothing': {
      edits: [['[resolved, closed]', '[solved, closed]']],
      finds: ['12: incident records have no state solved'],
    },
    'a pause that never comes': {
      edits: [['awaiting_vendor', 'awaiting_vender']],
      finds: ['13: There is no hold reason awaiting_vender'],
    },
    'a clock that pauses where it stops': {
      edits: [['"on_hold:awaiting_vendor"', 'resolved']],
      finds: ['13: resolved cannot both pause and stop a clock'],
    },
    'a priority without a target': {
      edits: [['P1: PT2H, default: PT8H', 'P1: PT2H']],
      finds: ['14: handling has no target for P2, P3, P4, P5'],
    },
    'a calendar that there is not': {
      edits: [['default: berlin-office', 'default: berlin']],
      finds: ['15: There is no calendar berlin'],
    },
    'a target in days': {
      edits: [['default: PT8H', 'default: P1D']],
      finds: ['14: `targets.handling.target.default` is not a duration: `P1D`'],
    },
    'more than all': {
      edits: [['objective: 90', 'objective: 101']],
      finds: ['16: `objective` must be at most 100, but is `101`'],
    },
  },
)
