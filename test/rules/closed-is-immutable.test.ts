import { closedIsImmutable } from '../../src/rules/closed-is-immutable.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const before = { [file]: 'id: INC-1\nstate: closed\ntitle: Shop is slow\nlog: [{ note: one }]\n' }

cases(closedIsImmutable, {
  'an appended note passes': {
    before,
    now: { [file]: 'id: INC-1\nstate: closed\ntitle: Shop is slow\nlog: [{ note: one }, { note: two }]\n' },
  },
  'another layout of the same facts passes': {
    before,
    now: { [file]: 'title: "Shop is slow"\nid: INC-1\nstate: closed\nlog:\n  - note: one\n' },
  },
  'a changed field is reported': {
    before,
    now: {
      [file]:
        'id: INC-1\nstate: closed\ntitle: Shop was slow # <- INC-1 is closed, so title cannot change\nlog: [{ note: one }]\n',
    },
  },
  'a removed field is reported': {
    before,
    now: { [file]: 'id: INC-1 # <- INC-1 is closed, so title cannot change\nstate: closed\nlog: [{ note: one }]\n' },
  },
  'a state in an appended entry is reported': {
    before,
    now: {
      [file]:
        'id: INC-1\nstate: closed\ntitle: Shop is slow\nlog:\n  - { note: one }\n  - { state: closed } # <- INC-1 is closed, so its log takes notes only\n',
    },
  },
  'a resolved incident may still change': {
    before: { [file]: 'id: INC-1\nstate: resolved\ntitle: a\n' },
    now: { [file]: 'id: INC-1\nstate: resolved\ntitle: b\n' },
  },
})
