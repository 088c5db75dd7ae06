import { illegal } from '../support/illegal.ts'

const file = 'records/commentary/2026-10-payments.yaml'

const legal = `id: 2026-10-payments
title: Two failures of the provider
period: 2026-10
author: grace
service: payment
report: incidents
text: |
  Both were on the provider's side. A second provider is being looked for.
`

illegal(
  file,
  legal,
  {},
  {
    'nobody who says it': { edits: [['author: grace\n', '']], finds: ['1: `author` is missing'] },
    'an author without a name': { edits: [['author: grace', 'author: ""']], finds: ['4: `author` is empty'] },
    'an author over two lines': {
      edits: [['author: grace', 'author: |\n  grace\n  hugo']],
      finds: ['4: `author` cannot be `grace\\u000Ahugo\\u000A`'],
    },
    'no period': { edits: [['period: 2026-10\n', '']], finds: ['1: `period` is missing'] },
    'a month that does not exist': {
      edits: [['period: 2026-10', 'period: 2026-13']],
      finds: ['3: There is no period 2026-13'],
    },
    'a quarter that does not exist': {
      edits: [['period: 2026-10', 'period: 2026-Q5']],
      finds: ['3: `period` cannot be `2026-Q5`'],
    },
    'a week that the year does not have': {
      edits: [['period: 2026-10', 'period: 2025-W53']],
      finds: ['3: There is no period 2025-W53'],
    },
    'a day': { edits: [['period: 2026-10', 'period: 2026-10-01']], finds: ['3: `period` cannot be `2026-10-01`'] },
    'a month in words': { edits: [['period: 2026-10', 'period: October']], finds: ['3: `period` cannot be `October`'] },
    'a year as a number': {
      edits: [['period: 2026-10', 'period: 2026']],
      finds: ['3: `period` must be a text, but is a number'],
    },
    'nothing said': { edits: [[legal.slice(legal.indexOf('text')), '']], finds: ['1: `text` is missing'] },
    'an empty text': { edits: [[legal.slice(legal.indexOf('text')), 'text: ""\n']], finds: ['7: `text` is empty'] },
    'a team in place of a service': {
      edits: [['service: payment', 'service: payments']],
      finds: ['5: payments is a team, but a service is wanted here'],
    },
    'a service that does not exist': {
      edits: [['service: payment', 'service: payouts']],
      finds: ['5: There is no service payouts'],
    },
    'a report that is not written': {
      edits: [['report: incidents', 'report: incident']],
      finds: ['6: `report` cannot be `incident`'],
    },
    'several services': {
      edits: [['service: payment', 'services: [payment, webshop]']],
      finds: ['5: `services` is not a known field'],
    },
    'another id than its file': {
      edits: [['id: 2026-10-payments', 'id: 2026-10-payment']],
      finds: ['1: id 2026-10-payment differs from the file name 2026-10-payments.yaml'],
    },
    'an id in capitals': {
      edits: [['id: 2026-10-payments', 'id: 2026-Q4-payments']],
      finds: ['1: `id` cannot be `2026-Q4-payments`'],
    },
  },
)
