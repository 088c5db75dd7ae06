import { illegal } from '../support/illegal.ts'

const file = 'records/service/ledger.yaml'

const legal = `id: ledger
title: Ledger
owner: payments
tier: 2
state: catalogue
depends_on: [payment]
sla: business-silver
objectives:
  - Books are closed on the third working day
capacity:
  - { measurement: checkout-response-time, threshold: 2000 }
cost: { amount: 1200, currency: EUR, per: month }
`

illegal(
  file,
  legal,
  {
    'records/service/audit.yaml':
      'id: audit\ntitle: Audit\nowner: payments\ntier: 3\nstate: operational\ndepends_on: [ledger]\n',
  },
  {
    'a step back': {
      edits: [['state: catalogue', 'state: pipeline']],
      finds: ['5: ledger cannot go from catalogue to pipeline'],
    },
    'a retirement while another service needs it': {
      edits: [['state: catalogue', 'state: retired']],
      finds: ['5: ledger cannot be retired while it is named by service audit'],
    },
    'an owner that is no team': {
      edits: [['owner: payments', 'owner: payment']],
      finds: ['3: payment is a service, but a team is wanted here'],
    },
    'no owner': { edits: [['owner: payments\n', '']], finds: ['1: `owner` is missing'] },
    'a tier that there is not': { edits: [['tier: 2', 'tier: 5']], finds: ['4: `tier` must be at most 4, but is `5`'] },
    'a dependency that leads nowhere': {
      edits: [['[payment]', '[payments]']],
      finds: ['6: payments is a team, but a service is wanted here'],
    },
    'a dependency on itself': { edits: [['[payment]', '[ledger]']], finds: ['6: ledger depends on itself'] },
    'an agreement that there is not': {
      edits: [['sla: business-silver', 'sla: business-bronze']],
      finds: ['7: There is no sla business-bronze'],
    },
    'a limit on a column that the measurement does not have': {
      edits: [['threshold: 2000', 'series: visitors, threshold: 2000']],
      finds: ['11: checkout-response-time has no column visitors'],
    },
    'a measurement that there is not': {
      edits: [['measurement: checkout-response-time', 'measurement: checkout-speedy']],
      finds: ['11: There is no measurement checkout-speedy'],
    },
    'a limit without a threshold': {
      edits: [[', threshold: 2000', '']],
      finds: ['11: `capacity[0].threshold` is missing'],
    },
    'a cost without a period': { edits: [[', per: month', '']], finds: ['12: `cost.per` is missing'] },
    'a currency in words': {
      edits: [['currency: EUR', 'currency: Euro']],
      finds: ['12: `cost.currency` cannot be `Euro`'],
    },
    'no title': { edits: [['title: Ledger\n', '']], finds: ['1: `title` is missing'] },
  },
)
