import { neverDeleted } from '../../src/rules/never-deleted.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'

cases(neverDeleted, {
  'a deleted incident is reported': {
    before: { [file]: 'id: INC-1\nstate: new\n' },
    now: {},
    removed: { [file]: 'INC-1 cannot be deleted' },
  },
  'also a closed one': {
    before: { [file]: 'id: INC-1\nstate: closed\n' },
    now: {},
    removed: { [file]: 'INC-1 cannot be deleted' },
  },
  'a moved file is no deletion': {
    before: { [file]: 'id: INC-1\nstate: new\n' },
    now: { 'records/incident/2026/INC-1.yaml': 'id: INC-1\nstate: new\n' },
  },
  'a record that takes another id is a deletion': {
    before: { [file]: 'id: INC-1\nstate: new\n' },
    now: { [file]: 'id: INC-2 # <- INC-1 cannot be deleted\nstate: new\n' },
  },
  'a team has no lifecycle and may go': { before: { 'records/team/ops.yaml': 'id: ops\n' }, now: {} },
})
