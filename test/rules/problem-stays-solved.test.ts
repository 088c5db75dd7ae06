import { problemStaysSolved } from '../../src/rules/problem-stays-solved.ts'
import { cases } from '../support/cases.ts'

const file = 'records/problem/PRB-1.yaml'
const incident = 'records/incident/INC-1.yaml'
const resolved = 'id: PRB-1\nstate: resolved\nresolution_code: fix_applied\nresolved_at: 2026-11-01T09:00:00Z\n'
const closed = resolved.replace('state: resolved', 'state: closed')

cases(problemStaysSolved, {
  'a problem whose incidents ended with the fix closes': {
    before: { [file]: resolved },
    now: { [file]: closed, [incident]: 'id: INC-1\nproblem: PRB-1\nopened_at: 2026-10-31T09:00:00Z\n' },
  },
  'an incident after the fix keeps it open': {
    before: { [file]: resolved },
    now: {
      [file]: closed.replace('closed\n', 'closed # <- PRB-1 cannot be closed: INC-1 came after the fix\n'),
      [incident]: 'id: INC-1\nproblem: PRB-1\nopened_at: 2026-11-05T09:00:00Z\n',
    },
  },
  'so does one that the problem names, at the log entry of the step': {
    before: { [file]: resolved },
    now: {
      [file]: `${closed}incidents: [INC-1]\nlog:\n  - { state: closed } # <- PRB-1 cannot be closed: INC-1 came after the fix\n`,
      [incident]: 'id: INC-1\nopened_at: 2026-11-01T09:00:00Z\n',
    },
  },
  'a cancelled incident is none': {
    before: { [file]: resolved },
    now: {
      [file]: closed,
      [incident]: 'id: INC-1\nstate: cancelled\nproblem: PRB-1\nopened_at: 2026-11-05T09:00:00Z\n',
    },
  },
  'an accepted risk expects incidents': {
    before: { [file]: resolved.replace('fix_applied', 'risk_accepted') },
    now: {
      [file]: closed.replace('fix_applied', 'risk_accepted'),
      [incident]: 'id: INC-1\nproblem: PRB-1\nopened_at: 2026-11-05T09:00:00Z\n',
    },
  },
})
