import { stepHasFields } from '../../src/rules/step-has-fields.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const resolved = { [file]: 'id: INC-1\nstate: resolved\n' }

cases(stepHasFields, {
  'a step without requirements needs nothing': {
    before: { [file]: 'state: new\n' },
    now: { [file]: 'state: in_progress\n' },
  },
  'reopening needs a reason': {
    before: resolved,
    now: {
      [file]: 'id: INC-1\nstate: in_progress # <- INC-1 cannot go from resolved to in_progress without reopen_reason\n',
    },
  },
  'with the reason it passes': {
    before: resolved,
    now: { [file]: 'id: INC-1\nstate: in_progress\nreopen_reason: It is slow again\n' },
  },
  'a step on the way needs its fields too': {
    before: resolved,
    now: {
      [file]:
        'id: INC-1\nstate: resolved\nlog:\n  - { state: in_progress } # <- INC-1 cannot go from resolved to in_progress without reopen_reason\n  - { state: resolved }\n',
    },
  },
})
