import { problemHasEvidence } from '../../src/rules/problem-has-evidence.ts'
import { cases } from '../support/cases.ts'

const file = 'records/problem/PRB-1.yaml'

cases(problemHasEvidence, {
  'incidents are evidence': { now: { [file]: 'id: PRB-1\nincidents: [INC-1]\n' } },
  'a trend is evidence': { now: { [file]: 'id: PRB-1\ntrend_evidence: The disk fills by 2 % a day\n' } },
  'a problem without either is reported': {
    now: { [file]: 'id: PRB-1 # <- PRB-1 names neither incidents nor trend_evidence\ntitle: Slow\n' },
  },
  'an empty list is no evidence': {
    now: { [file]: 'id: PRB-1\nincidents: [] # <- PRB-1 names neither incidents nor trend_evidence\n' },
  },
})
