import { illegal } from '../support/illegal.ts'
import { clusterUpgrade } from '../support/normal-change.ts'

const normal = `id: CHG-20261112-7M2K
${clusterUpgrade}outage: false
log:
  - { at: 2026-11-16T09:10:00Z, by: fatima, state: assess }
  - { at: 2026-11-17T08:30:00Z, by: fatima, state: authorize }
  - { at: 2026-11-17T13:45:00Z, by: fatima, state: scheduled }
`

const file = 'records/change/2026/11/CHG-20261112-7M2K.yaml'
const scheduled = '  - { at: 2026-11-17T13:45:00Z, by: fatima, state: scheduled }\n'

illegal(
  file,
  normal,
  {},
  {
    'a state that does not exist': {
      edits: [['state: scheduled\nchange_type', 'state: approved\nchange_type']],
      finds: ['3: `state` cannot be `approved`'],
    },
    'a step that skips the implementation': {
      edits: [
        [
          'state: scheduled\nchange_type',
          'state: review\nactual_start: 2026-12-08T05:10:00Z\nactual_end: 2026-12-08T06:00:00Z\noutcome: successful\nchange_type',
        ],
      ],
      finds: ['3: CHG-20261112-7M2K cannot go from scheduled to review'],
    },
    'work without a time': {
      edits: [['state: scheduled\nchange_type', 'state: implement\nchange_type']],
      finds: ['3: CHG-20261112-7M2K is implement, which requires actual_start'],
    },
    'a backout plan that has gone': {
      edits: [['backout_plan: Write the old version, an hour each\n', '']],
      finds: ['3: CHG-20261112-7M2K is scheduled, which requires backout_plan'],
    },
    'an end before the start': {
      edits: [['planned_end: 2026-12-08T09', 'planned_end: 2026-12-08T04']],
      finds: ['20: The change is planned to end before it begins'],
    },
    'less risk than is computed': {
      edits: [['risk: high', 'risk: low']],
      finds: [
        '17: CHG-20261112-7M2K declares low risk, but the computed one is high: a vital service fails with it (tier reached 1 (webshop); environment production (search-1, search-2 and search-3))',
      ],
    },
    'an answer that is not offered': {
      edits: [['tested: same_environment', 'tested: on_my_laptop']],
      finds: ['18: tested cannot be answered with on_my_laptop'],
    },
    'an item that does not exist': {
      edits: [['search-3]', 'search-9]']],
      finds: ['6: There is no ci search-9'],
    },
    'a time in a freeze': {
      edits: [
        ['planned_start: 2026-12-08', 'planned_start: 2026-12-20'],
        ['planned_end: 2026-12-08', 'planned_end: 2026-12-20'],
      ],
      finds: [
        '6: search-1, search-2, search-3 and 1 more are in the freeze christmas-freeze (2026-12-20 05:00 to 2026-12-20 09:00 UTC)',
      ],
    },
    'a waiver by the one who carries it out': {
      edits: [
        ['planned_start: 2026-12-08', 'planned_start: 2026-12-20'],
        ['planned_end: 2026-12-08', 'planned_end: 2026-12-20'],
        [
          'outage: false\n',
          'outage: false\nwaivers:\n  - { conflict: ci_in_blackout, approver: fatima, reason: I may, expires: 2026-12-31 }\n',
        ],
      ],
      finds: [
        '23: search-1, search-2, search-3 and 1 more are in the freeze christmas-freeze (2026-12-20 05:00 to 2026-12-20 09:00 UTC)',
      ],
    },
    'a step while it is on hold': {
      edits: [
        ['state: scheduled\nchange_type', 'state: implement\non_hold: { reason: The spare part is late }\nchange_type'],
        ['outage: false\n', 'outage: false\nactual_start: 2026-12-08T05:10:00Z\n'],
      ],
      finds: ['3: CHG-20261112-7M2K is on hold and cannot go from scheduled to implement'],
    },
    'another type on the way': {
      edits: [['change_type: normal', 'change_type: emergency']],
      finds: ['4: CHG-20261112-7M2K is scheduled: change_type cannot change any more'],
    },
    'an outage without a length': {
      edits: [['outage: false', 'outage: true']],
      finds: ['21: An outage lasts some time'],
    },
    'a log that is rewritten': {
      edits: [['by: fatima, state: scheduled }', 'by: lena, state: scheduled }']],
      finds: ['25: An existing log entry was changed'],
    },
    'a field that the schema does not know': {
      edits: [['backout_plan:', 'rollback_plan:']],
      finds: ['16: `rollback_plan` is not a known field'],
    },
    'a birth further on': {
      born: true,
      edits: [
        ['state: scheduled\nchange_type', 'state: implement\nactual_start: 2026-12-08T05:10:00Z\nchange_type'],
        [scheduled, '  - { at: 2026-11-17T13:45:00Z, by: fatima, state: implement }\n'],
        ['  - { at: 2026-11-16T09:10:00Z, by: fatima, state: assess }\n', ''],
        ['  - { at: 2026-11-17T08:30:00Z, by: fatima, state: authorize }\n', ''],
      ],
      finds: ['24: CHG-20261112-7M2K cannot be born implement: that needs change_type emergency, unauthorised false'],
    },
  },
)

const emergency = `id: CHG-20261121-6PMH
title: Replace the power supply of core-switch-1
state: review
change_type: emergency
cis: [core-switch-1]
requester: erik
implementer: dmitri
opened_at: 2026-11-21T08:05:00Z
reason: One of two has failed
actual_start: 2026-11-21T08:20:00Z
actual_end: 2026-11-21T08:40:00Z
outcome: successful
tasks:
  - { title: Order a spare part, done: true }
log:
  - { at: 2026-11-21T08:20:00Z, by: dmitri, state: implement }
  - { at: 2026-11-21T08:40:00Z, by: dmitri, state: review }
`

const review = (state: string) => ({
  'records/review/2026/11/PIR-20261121-AAAA.yaml': `id: PIR-20261121-AAAA
title: Review of the power supply
state: ${state}
of: [CHG-20261121-6PMH]
owner: platform
facilitator: ada
`,
})

illegal('records/change/2026/11/CHG-20261121-6PMH.yaml', emergency, review('planned'), {
  'an emergency that closes without a review': {
    edits: [['state: review\nchange', 'state: closed\nreview_notes: It went well\nchange']],
    finds: ['3: CHG-20261121-6PMH is closed, which requires review'],
  },
  'a review that was not held': {
    edits: [['state: review\nchange', 'state: closed\nreview_notes: It went well\nreview: PIR-20261121-AAAA\nchange']],
    finds: ['5: CHG-20261121-6PMH closes, but PIR-20261121-AAAA is planned'],
  },
  'a cancellation of what has happened': {
    edits: [['state: review\nchange', 'state: cancelled\ncancel_reason: It went wrong\nchange']],
    finds: ['3: CHG-20261121-6PMH cannot go from review to cancelled'],
  },
  'a model of a change that follows none': {
    edits: [['cis:', 'model: restart-web-server\ncis:']],
    finds: [
      '5: model belongs to standard changes, and CHG-20261121-6PMH is emergency',
      '5: CHG-20261121-6PMH is review: model cannot change any more',
    ],
  },
})

const standard = `id: CHG-20261121-R0WX
title: Restart web-2
state: scheduled
change_type: standard
model: restart-web-server
parameters: { server: web-2 }
cis: [web-2]
requester: bob
implementer: fatima
team: platform
opened_at: 2026-11-21T09:30:00Z
reason: It keeps 3 GiB more than the others
risk: high
planned_start: 2026-11-22T05:00:00Z
planned_end: 2026-11-22T05:30:00Z
outage: false
`

illegal(
  'records/change/2026/11/CHG-20261121-R0WX.yaml',
  standard,
  {},
  {
    'a server that the model does not allow': {
      born: true,
      edits: [
        ['server: web-2', 'server: lb-1'],
        ['cis: [web-2]', 'cis: [lb-1]'],
        ['title: Restart web-2\n', 'title: Restart lb-1\n'],
      ],
      finds: ['6: lb-1 is not among the values that the model allows'],
    },
    'a plan of its own': {
      born: true,
      edits: [['outage: false\n', 'outage: false\nimplementation_plan: Pull the plug\n']],
      finds: ['17: implementation_plan is not what restart-web-server says'],
    },
    'more time than the model gives': {
      born: true,
      edits: [['planned_end: 2026-11-22T05:30', 'planned_end: 2026-11-22T06:30']],
      finds: ['15: Changes of restart-web-server last PT30M at most'],
    },
    'a model that does not exist': {
      born: true,
      edits: [['model: restart-web-server', 'model: restart-everything']],
      finds: ['5: There is no change-model restart-everything'],
    },
    'a standard change that is assessed': {
      edits: [['state: scheduled', 'state: authorize']],
      finds: ['3: CHG-20261121-R0WX cannot go from scheduled to authorize'],
    },
  },
)
