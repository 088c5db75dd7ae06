import { problemResolutionHolds } from '../../src/rules/problem-resolution-holds.ts'
import { cases } from '../support/cases.ts'

const file = 'records/problem/PRB-1.yaml'
const change = 'records/change/CHG-1.yaml'
const fixed = 'id: PRB-1\nstate: resolved\nresolution_code: fix_applied\n'

cases(problemResolutionHolds, {
  'a fix whose changes succeeded holds': {
    now: { [file]: `${fixed}changes: [CHG-1]\n`, [change]: 'id: CHG-1\nstate: closed\noutcome: successful\n' },
  },
  'small issues of a change do not keep it from fixing': {
    now: {
      [file]: `${fixed}changes: [CHG-1]\n`,
      [change]: 'id: CHG-1\nstate: closed\noutcome: successful_with_issues\n',
    },
  },
  'a change that was backed out fixes nothing': {
    now: {
      [file]: `${fixed}changes: [CHG-1] # <- PRB-1 counts as fixed, but CHG-1 is closed, unsuccessful_backed_out\n`,
      [change]: 'id: CHG-1\nstate: closed\noutcome: unsuccessful_backed_out\n',
    },
  },
  'a change that is not over has fixed nothing yet': {
    now: {
      [file]: `${fixed}changes:\n  - CHG-1 # <- PRB-1 counts as fixed, but CHG-1 is implement\n`,
      [change]: 'id: CHG-1\nstate: implement\n',
    },
  },
  'a fix without a change is reported': {
    now: {
      [file]:
        'id: PRB-1\nstate: closed\nresolution_code: fix_applied # <- PRB-1 was fixed, but names no change that did it\n',
    },
  },
  'an accepted risk needs an owner and an end': {
    now: {
      [file]:
        'id: PRB-1\nstate: resolved\nresolution_code: risk_accepted # <- PRB-1 accepts a risk without risk_owner && PRB-1 accepts a risk without review_by\n',
    },
  },
  'with both it holds': {
    now: {
      [file]: 'id: PRB-1\nstate: resolved\nresolution_code: risk_accepted\nrisk_owner: ada\nreview_by: 2027-01-01\n',
    },
  },
  'before the resolution nothing is asked': {
    now: {
      [file]: 'id: PRB-1\nstate: fix_in_progress\nchanges: [CHG-1]\n',
      [change]: 'id: CHG-1\nstate: implement\n',
    },
  },
})
