import { illegal } from '../support/illegal.ts'
import { shippedText } from '../support/shipped.ts'

const ready = `id: REL-20261116-4WAM
title: Search, version 8
state: go_no_go
release_type: minor
services: [catalogue-search]
changes:
  - CHG-20261119-AAAA
requester: ada
owner: platform
manager: dmitri
opened_at: 2026-11-16T09:00:00Z
deployment_plan: As the change says
rollback_plan: Write the old version
test_evidence:
  - test: The hundred most frequent searches
    result: passed
    evidence: Run 812
approver: lena
decision: go
planned_start: 2026-12-08T05:00:00Z
planned_end: 2026-12-08T09:00:00Z
exit_criteria:
  - criterion: Two weeks without an incident
    met: false
`

const change = (state: string) => ({
  'records/change/2026/11/CHG-20261119-AAAA.yaml': `id: CHG-20261119-AAAA
title: Upgrade the search cluster
state: ${state}
change_type: normal
services: [catalogue-search]
requester: ada
opened_at: 2026-11-16T09:00:00Z
reason: The old version ends
`,
})

const file = 'records/release/2026/11/REL-20261116-4WAM.yaml'

illegal(file, ready, change('authorize'), {
  'a state that does not exist': {
    edits: [['state: go_no_go', 'state: released']],
    finds: ['3: `state` cannot be `released`'],
  },
  'a deployment with a change that nobody has authorised': {
    edits: [['state: go_no_go', 'state: deployment']],
    finds: ['7: CHG-20261119-AAAA is not authorised: it is authorize'],
  },
  'a deployment that was decided against': {
    edits: [
      ['state: go_no_go', 'state: deployment'],
      ['decision: go', 'decision: no_go'],
    ],
    finds: [
      '3: REL-20261116-4WAM cannot go from go_no_go to deployment: that needs decision go',
      '7: CHG-20261119-AAAA is not authorised: it is authorize',
    ],
  },
  'the end of the tests after the decision to go': {
    edits: [['state: go_no_go', 'state: test']],
    finds: ['3: REL-20261116-4WAM cannot go from go_no_go to test: that needs decision false or no_go'],
  },
  'a way back that has gone': {
    edits: [['rollback_plan: Write the old version\n', '']],
    finds: ['3: REL-20261116-4WAM is go_no_go, which requires rollback_plan'],
  },
  'a release that is decided on at birth': {
    born: true,
    edits: [],
    finds: ['3: REL-20261116-4WAM cannot be born go_no_go'],
  },
  'a decision on a failed test': {
    born: true,
    edits: [
      ['result: passed', 'result: failed'],
      [
        'approver: lena\n',
        'approver: lena\nlog:\n  - { at: 2026-11-16T09:00:00Z, by: ada, state: planning }\n  - { at: 2026-11-16T10:00:00Z, by: ada, state: build }\n  - { at: 2026-11-16T11:00:00Z, by: ada, state: test }\n  - { at: 2026-11-16T12:00:00Z, by: ada, state: go_no_go }\n',
      ],
    ],
    finds: ['16: The test failed: The hundred most frequent searches'],
  },
  'a decision by the one who leads it': {
    born: true,
    edits: [
      ['approver: lena', 'approver: dmitri'],
      [
        'decision: go\n',
        'decision: go\nlog:\n  - { at: 2026-11-16T09:00:00Z, by: ada, state: planning }\n  - { at: 2026-11-16T10:00:00Z, by: ada, state: build }\n  - { at: 2026-11-16T11:00:00Z, by: ada, state: test }\n  - { at: 2026-11-16T12:00:00Z, by: ada, state: go_no_go }\n',
      ],
    ],
    finds: ['18: dmitri leads the release and cannot decide on it'],
  },
  'a change that does not exist': {
    edits: [['- CHG-20261119-AAAA', '- CHG-20261119-ZZZZ']],
    finds: ['7: There is no change CHG-20261119-ZZZZ'],
  },
  'a test without evidence': {
    edits: [['    evidence: Run 812\n', '']],
    finds: ['15: `test_evidence[0].evidence` is missing'],
  },
  'an end of the deployment before its start': {
    edits: [['planned_end: 2026-12-08T09', 'planned_end: 2026-12-08T04']],
    finds: ['21: planned_end lies before planned_start'],
  },
})

const deployed = `${ready.replace('state: go_no_go', 'state: early_life_support')}version: "8.1"
deployed_at: 2026-12-08T08:00:00Z
`

illegal(file, deployed, change('implement'), {
  'an end while a criterion is not met': {
    edits: [['state: early_life_support', 'state: closed']],
    finds: ['24: REL-20261116-4WAM closes, but a criterion is not met: Two weeks without an incident'],
  },
  'a rollback because of nothing': {
    edits: [
      [
        'state: early_life_support',
        'state: rolled_back\nrolled_back_at: 2026-12-09T08:00:00Z\nrollback_reason: It was slow',
      ],
    ],
    finds: ['3: REL-20261116-4WAM is rolled back without an incident or problem'],
  },
  'a cancellation of what is deployed': {
    edits: [['state: early_life_support', 'state: cancelled\ncancel_reason: Too late']],
    finds: ['3: REL-20261116-4WAM cannot go from early_life_support to cancelled'],
  },
  'a deployment without a version': {
    edits: [['version: "8.1"\n', '']],
    finds: ['3: REL-20261116-4WAM is early_life_support, which requires version'],
  },
})

const past = shippedText('records/release/2026/10/REL-20261012-9BQF.yaml')

illegal(
  'records/release/2026/10/REL-20261012-9BQF.yaml',
  past,
  Object.fromEntries(
    [
      'records/change/2026/10/CHG-20261026-H8KC.yaml',
      'records/problem/2026/10/PRB-20261027-3SXA.yaml',
      'records/review/2026/10/PIR-20261030-C6WJ.yaml',
    ].map((path) => [path, shippedText(path)]),
  ),
  {
    'an edit of what is over': {
      edits: [['version: gateway 8.0.0', 'version: gateway 8.0.1']],
      finds: ['6: REL-20261012-9BQF is rolled_back, so version cannot change'],
    },
  },
)
