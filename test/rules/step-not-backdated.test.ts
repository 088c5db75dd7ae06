import { stepNotBackdated } from '../../src/rules/step-not-backdated.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'
const before = { [file]: 'id: INC-1\nstate: new\n' }
const recorded = { 'incident/INC-1': { born: '2026-03-02T09:00:00Z', last: '2026-03-02T10:00:00Z' } }
const taken = (at: string) => `id: INC-1\nstate: in_progress\nlog:\n  - { at: ${at}, by: ada, state: in_progress }`

cases(stepNotBackdated, {
  'a step after the record was last written passes': {
    before,
    recorded,
    now: { [file]: taken('2026-03-02T10:00:00Z') },
  },
  'so does one just before, which was under way while somebody else wrote': {
    before,
    recorded,
    now: { [file]: taken('2026-03-02T09:45:00Z') },
  },
  'a step claimed for a time at which the mainline knew better is reported': {
    before,
    recorded,
    now: {
      [file]: `${taken('2026-03-02T09:44:59Z')} # <- INC-1 claims to have become in_progress at 2026-03-02 09:44 UTC, but at 2026-03-02 10:00 UTC it was recorded as new`,
    },
  },
  'an agreement may allow more': {
    before,
    recorded,
    now: {
      [file]: taken('2026-03-02T09:00:00Z'),
      'records/sla/gold.yaml': 'id: gold\nstate: active\ndeclared_tolerance: PT1H\n',
    },
  },
  'a draft of an agreement allows nothing': {
    before,
    recorded,
    now: {
      [file]: `${taken('2026-03-02T09:00:00Z')} # <- INC-1 claims to have become in_progress at 2026-03-02 09:00 UTC, but at 2026-03-02 10:00 UTC it was recorded as new`,
      'records/sla/gold.yaml': 'id: gold\nstate: draft\ndeclared_tolerance: PT1H\n',
    },
  },
  'a record that is filed late with its steps passes': { recorded, now: { [file]: taken('2026-03-01T03:00:00Z') } },
  'a note may tell of the past': {
    before,
    recorded,
    now: { [file]: 'id: INC-1\nstate: new\nlog:\n  - { at: 2026-03-01T03:00:00Z, by: ada, note: It began here }\n' },
  },
})
