import { illegal } from '../support/illegal.ts'

const file = 'records/improvement/2026/08/IMP-20260824-TEST.yaml'

const legal = `id: IMP-20260824-TEST
title: Incidents of the shop are resolved within a working day
state: review
proposer: bob
opened_at: 2026-08-24T10:15:00Z
service: webshop
team: operations
objective: Keep customers who met a fault.
sponsor: carla
source: reports/2026-07/incidents.md
kpi: webshop-time-to-resolve
baseline: { value: 21.5, from: 2026-05-01, to: 2026-08-01 }
target: 8
due: 2026-12-31
observe_days: 30
data_source: The incidents of the web shop
data_quality: Times of steps are those of the commits.
finding: A third of the incidents changed teams.
options: [Both teams in one rota, A checklist]
effort: S
benefit: Half a day sooner.
priority: P3
report: reports/2026-08/csi.md
approver: carla
tasks:
  - { title: Checklist agreed, done: true }
implemented_at: 2026-10-12T12:00:00Z
log:
  - { at: 2026-08-25T08:00:00Z, by: carla, state: accepted }
  - { at: 2026-10-12T12:30:00Z, by: bob, state: review }
`

const closing = (measured: string): readonly (readonly [string, string])[] => [
  ['state: review\n', 'state: closed\n'],
  ['log:\n', `${measured}lessons: Ask first.\nlog:\n`],
  ['state: review }\n', 'state: review }\n  - { at: 2026-11-21T09:00:00Z, by: bob, state: closed }\n'],
]

const measured = 'measured_value: 7\nmeasured_period: { from: 2026-10-13, to: 2026-11-20 }\nresult: achieved\n'

illegal(
  file,
  legal,
  {},
  {
    'an improvement that begins half-way': {
      edits: [],
      born: true,
      finds: ['30: IMP-20260824-TEST cannot go from accepted to review'],
    },
    'a step back to the beginning': {
      edits: [
        ['state: review\n', 'state: accepted\n'],
        ['state: review }\n', 'state: review }\n  - { at: 2026-11-21T09:00:00Z, by: bob, state: accepted }\n'],
      ],
      finds: ['31: IMP-20260824-TEST cannot go from review to accepted'],
    },
    'closing without figures': {
      edits: closing(''),
      finds: [
        '3: IMP-20260824-TEST is closed, which requires measured_period',
        '3: IMP-20260824-TEST is closed, which requires measured_value',
        '3: IMP-20260824-TEST is closed, which requires result',
      ],
    },
    'a result that its value does not say': {
      edits: closing(measured.replace('measured_value: 7', 'measured_value: 12')),
      finds: ['30: The result is partially_achieved, by the figures of this record'],
    },
    'a result in words of its own': {
      edits: closing(measured.replace('achieved', 'great')),
      finds: ['30: `result` cannot be `great`'],
    },
    'measuring from before it was in place': {
      edits: closing(measured.replace('2026-10-13', '2026-10-01')),
      finds: ['29: It was measured before it was in place'],
    },
    'measuring for fewer days than agreed': {
      edits: closing(measured.replace('2026-11-20', '2026-10-20')),
      finds: ['29: The measured period has 7 days, and 30 were agreed'],
    },
    'a measured period that ends before it begins': {
      edits: closing(measured.replace('2026-11-20', '2026-10-01')),
      finds: ['29: The period of measured_period ends before it begins'],
    },
    'a date that does not exist': {
      edits: [['due: 2026-12-31', 'due: 2026-11-31']],
      finds: ['14: `due` names a date that does not exist: `2026-11-31`'],
    },
    'a target that is worse than the baseline': {
      edits: [['target: 8', 'target: 22']],
      finds: ['13: The target is no better than the baseline of 21.5'],
    },
    'an indicator that does not exist': {
      edits: [['kpi: webshop-time-to-resolve', 'kpi: webshop-time-to-resolv']],
      finds: ['11: There is no kpi webshop-time-to-resolv'],
    },
    'an indicator that cannot be measured': {
      edits: [['kpi: webshop-time-to-resolve', 'kpi: abandoned-baskets']],
      finds: ['11: abandoned-baskets cannot be measured yet, so nothing could show what IMP-20260824-TEST brings'],
    },
    'work that is not done': {
      edits: [['done: true', 'done: false']],
      finds: ['26: IMP-20260824-TEST is review, but this task is not done'],
    },
    'nothing that shall become better': {
      edits: [['service: webshop\n', '']],
      finds: ['3: IMP-20260824-TEST is review and does not say what shall become better'],
    },
    'a baseline without its period': {
      edits: [['{ value: 21.5, from: 2026-05-01, to: 2026-08-01 }', '{ value: 21.5 }']],
      finds: ['12: `baseline.from` is missing', '12: `baseline.to` is missing'],
    },
    'a commit that is none': {
      edits: [['to: 2026-08-01 }', 'to: 2026-08-01, commit: HEAD~1 }']],
      finds: ['12: `baseline.commit` cannot be `HEAD~1`'],
    },
    'giving it up without a reason': {
      edits: [
        ['state: review\n', 'state: cancelled\n'],
        ['state: review }\n', 'state: review }\n  - { at: 2026-11-21T09:00:00Z, by: bob, state: cancelled }\n'],
      ],
      finds: ['3: IMP-20260824-TEST is cancelled, which requires cancel_reason'],
    },
    'a stored success': {
      edits: [['target: 8\n', 'target: 8\nprogress: 80\n']],
      finds: ['14: `progress` is not a known field'],
    },
    'a place in the log that was rewritten': {
      edits: [['by: carla, state: accepted', 'by: ada, state: accepted']],
      finds: ['29: An existing log entry was changed'],
    },
  },
)
