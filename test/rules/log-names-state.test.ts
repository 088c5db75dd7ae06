import { logNamesState } from '../../src/rules/log-names-state.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'

cases(logNamesState, {
  'a log that ends where the record stands passes': {
    now: { [file]: 'id: INC-1\nstate: resolved\nlog: [{ state: new }, { state: resolved }, { note: done }]\n' },
  },
  'a log that ends elsewhere is reported': {
    before: { [file]: 'id: INC-1\nstate: new\n' },
    now: {
      [file]:
        'id: INC-1\nstate: resolved\nlog:\n  - { state: in_progress } # <- INC-1 is resolved, but its log ends in in_progress\n',
    },
  },
  'entries that stood before are left alone': {
    before: { [file]: 'id: INC-1\nstate: new\nlog: [{ state: new }]\n' },
    now: { [file]: 'id: INC-1\nstate: in_progress\nlog: [{ state: new }, { note: taken }]\n' },
  },
})
