import { releaseIsReady } from '../../src/rules/release-is-ready.ts'
import { cases } from '../support/cases.ts'

const file = 'records/release/REL-1.yaml'
const change = (state: string) => ({ 'records/change/CHG-1.yaml': `id: CHG-1\nstate: ${state}\n` })
const release = (state: string, lines = '') => ({ [file]: `id: REL-1\nstate: ${state}\nchanges: [CHG-1]\n${lines}` })
const team = { 'records/team/ops.yaml': 'id: ops\nmembers: [{ login: Ada }]\n' }

cases(releaseIsReady, {
  'it comes to the decision with changes that are put forward': {
    before: release('test'),
    now: { ...release('go_no_go', 'requester: ada\napprover: lena\n'), ...change('authorize') },
  },
  'not with one that is still assessed': {
    before: release('test'),
    now: {
      [file]:
        'id: REL-1\nstate: go_no_go\nchanges:\n  - CHG-1 # <- CHG-1 is not put forward for authorisation: it is assess\n',
      ...change('assess'),
    },
  },
  'it is deployed with authorised changes': {
    before: release('go_no_go'),
    now: { ...release('deployment'), ...change('scheduled') },
  },
  'not with one that is only put forward': {
    before: release('go_no_go'),
    now: {
      [file]: 'id: REL-1\nstate: deployment\nchanges:\n  - CHG-1 # <- CHG-1 is not authorised: it is authorize\n',
      ...change('authorize'),
    },
  },
  'a failed test must be accepted': {
    before: release('test'),
    now: {
      ...release(
        'go_no_go',
        'test_evidence:\n  - { test: a, result: passed }\n  - test: Load\n    result: failed # <- The test failed: Load\n  - { test: b, result: failed, accepted_because: x }\n',
      ),
      ...change('scheduled'),
    },
  },
  'who wants it does not decide on it': {
    before: { ...release('test'), ...team },
    now: {
      ...release('go_no_go', 'requester: ada\napprover: Ada # <- Ada wants the release and cannot decide on it\n'),
      ...change('scheduled'),
      ...team,
    },
  },
  'who leads it does not decide on it': {
    before: release('test'),
    now: {
      ...release('go_no_go', 'manager: bob\napprover: bob # <- bob leads the release and cannot decide on it\n'),
      ...change('scheduled'),
    },
  },
  'it closes when every criterion is met': {
    before: release('early_life_support'),
    now: release('closed', 'exit_criteria: [{ criterion: a, met: true }]\n'),
  },
  'not before': {
    before: release('early_life_support'),
    now: release(
      'closed',
      'exit_criteria:\n  - criterion: Two calm weeks\n    met: false # <- REL-1 closes, but a criterion is not met: Two calm weeks\n',
    ),
  },
  'it is rolled back because of something': {
    before: release('deployment'),
    now: release('rolled_back', 'incidents: [INC-1]\n'),
  },
  'not because of nothing': {
    before: release('deployment'),
    now: {
      [file]:
        'id: REL-1\nstate: rolled_back # <- REL-1 is rolled back without an incident or problem\nchanges: [CHG-1]\n',
    },
  },
})
