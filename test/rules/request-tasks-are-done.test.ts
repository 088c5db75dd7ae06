import { requestTasksAreDone } from '../../src/rules/request-tasks-are-done.ts'
import { cases } from '../support/cases.ts'

const file = 'records/request/REQ-1.yaml'

cases(requestTasksAreDone, {
  'done tasks and skipped ones are over': {
    now: {
      [file]: `id: REQ-1
state: fulfilled
tasks:
  - { title: Order, done: true }
  - { title: Install, done: false, skipped_because: It came installed }
`,
    },
  },
  'an open task is reported': {
    now: {
      [file]: `id: REQ-1
state: closed
tasks:
  - { title: Order, done: true }
  - { title: Install, done: false } # <- REQ-1 is closed, but "Install" is not done
`,
    },
  },
  'while it is worked on tasks may be open': {
    now: { [file]: 'id: REQ-1\nstate: in_fulfilment\ntasks: [{ title: Order, done: false }]\n' },
  },
})
