import { transitionAllowed } from '../../src/rules/transition-allowed.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const was = (state: string, log = '') => ({ [file]: `id: INC-1\nstate: ${state}\n${log}` })

cases(transitionAllowed, {
  'a step of the lifecycle passes': { before: was('new'), now: was('in_progress') },
  'a skipped state is reported where it is written': {
    before: was('new'),
    now: { [file]: 'id: INC-1\nstate: closed # <- INC-1 cannot go from new to closed\n' },
  },
  'a closed incident stays closed': {
    before: was('closed'),
    now: { [file]: 'id: INC-1\nstate: in_progress # <- INC-1 cannot go from closed to in_progress\n' },
  },
  'several steps named in the log pass when each is legal': {
    before: was('new'),
    now: was('closed', 'log: [{ state: in_progress }, { state: resolved }, { state: closed }]\n'),
  },
  'an illegal step on the way is reported at its entry': {
    before: was('new'),
    now: {
      [file]:
        'id: INC-1\nstate: closed\nlog:\n  - { state: in_progress }\n  - { state: closed } # <- INC-1 cannot go from in_progress to closed\n',
    },
  },
  'the steps after birth are judged too': {
    now: {
      [file]:
        'id: INC-1\nstate: closed\nlog:\n  - { state: new }\n  - { state: closed } # <- INC-1 cannot go from new to closed\n',
    },
  },
  'entries that stood before are not judged again': {
    before: was('resolved', 'log: [{ state: new }, { state: resolved }]\n'),
    now: was('closed', 'log: [{ state: new }, { state: resolved }, { state: closed }]\n'),
  },
  'an edit without a step passes': { before: was('new'), now: was('new', 'title: x\n') },
  'a type without states has no steps': {
    before: { 'records/team/ops.yaml': 'id: ops\nstate: a\n' },
    now: { 'records/team/ops.yaml': 'id: ops\nstate: b\n' },
  },
})
