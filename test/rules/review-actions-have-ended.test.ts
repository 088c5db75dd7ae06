import { reviewActionsHaveEnded } from '../../src/rules/review-actions-have-ended.ts'
import { cases } from '../support/cases.ts'

const file = 'records/review/PIR-1.yaml'

cases(reviewActionsHaveEnded, {
  'a planned review needs no actions': { now: { [file]: 'id: PIR-1\nstate: planned\n' } },
  'a held one has some': { now: { [file]: 'id: PIR-1\nstate: held\nactions: [{ title: Alarm, state: open }]\n' } },
  'or says why it has none': { now: { [file]: 'id: PIR-1\nstate: held\nno_actions_reason: It went as planned\n' } },
  'a held review without either is reported': {
    now: { [file]: 'id: PIR-1\nstate: held # <- PIR-1 was held, but has neither actions nor no_actions_reason\n' },
  },
  'a closed one has no open action': {
    now: {
      [file]: `id: PIR-1
state: closed
actions:
  - { title: Alarm, state: done, done_on: 2026-11-02 }
  - { title: Drill, state: open } # <- PIR-1 is closed, but "Drill" is open
  - { title: Poster, state: dropped, because: Nobody reads it }
`,
    },
  },
  'what was dropped says why, what is done says when': {
    now: {
      [file]: `id: PIR-1
state: held
actions:
  - { title: Alarm, state: done } # <- "Alarm" is done without a day
  - { title: Poster, state: dropped } # <- "Poster" was dropped without a reason
`,
    },
  },
})
