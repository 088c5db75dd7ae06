import { stateHasFields } from '../../src/rules/state-has-fields.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'

cases(stateHasFields, {
  'a new incident needs no team': { now: { [file]: 'id: INC-1\nstate: new\n' } },
  'an incident in progress needs one': {
    now: { [file]: 'id: INC-1\nstate: in_progress # <- INC-1 is in_progress, which requires team\n' },
  },
  'every missing field is reported': {
    now: {
      [file]:
        'id: INC-1\nteam: ops\nstate: resolved # <- INC-1 is resolved, which requires resolution_code && INC-1 is resolved, which requires resolution\n',
    },
  },
  'an empty field is missing': {
    now: { [file]: 'id: INC-1\nteam: ""\nstate: in_progress # <- INC-1 is in_progress, which requires team\n' },
  },
  'a type without states needs nothing': { now: { 'records/team/ops.yaml': 'id: ops\nstate: whatever\n' } },
})
