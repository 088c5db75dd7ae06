import { priorityMatchesMatrix } from '../../src/rules/priority-matches-matrix.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'

cases(priorityMatchesMatrix, {
  'the priority of the matrix passes': { now: { [file]: 'impact: high\nurgency: high\npriority: P1\n' } },
  'another priority is reported': {
    now: {
      [file]:
        'impact: high\nurgency: high\npriority: P3 # <- priority P3 does not fit impact high and urgency high, which make P1\n',
    },
  },
  'another priority with a reason passes': {
    now: { [file]: 'impact: high\nurgency: high\npriority: P3\npriority_override_reason: Only the test shop\n' },
  },
  'a blank reason is none': {
    now: {
      [file]:
        'impact: high\nurgency: high\npriority_override_reason: " "\npriority: P3 # <- priority P3 does not fit impact high and urgency high, which make P1\n',
    },
  },
  'a missing priority is reported': {
    now: {
      [file]: 'impact: high # <- priority is missing: impact high and urgency high make P1\nurgency: high\n',
    },
  },
  'records without impact have none': { now: { 'records/ci/web-1.yaml': 'id: web-1\n' } },
  'without a matrix people decide': {
    now: { [file]: 'impact: high\nurgency: high\npriority: P5\n' },
    rulebook: ({ config: { matrix: _, ...config }, types }) => ({ config, types }),
  },
})
