import { changeIsReviewed } from '../../src/rules/change-is-reviewed.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change/CHG-1.yaml'
const review = (of: string, state: string) => ({
  'records/review/PIR-1.yaml': `id: PIR-1\nstate: ${state}\nof: [${of}]\n`,
})

cases(changeIsReviewed, {
  'a closed change with its review passes': {
    now: { [file]: 'id: CHG-1\nstate: closed\nreview: PIR-1\n', ...review('CHG-1', 'held') },
  },
  'a planned review passes until the change closes': {
    now: { [file]: 'id: CHG-1\nstate: review\nreview: PIR-1\n', ...review('CHG-1', 'planned') },
  },
  'the review of something else': {
    now: {
      [file]: 'id: CHG-1\nstate: review\nreview: PIR-1 # <- PIR-1 is no review of CHG-1\n',
      ...review('CHG-2', 'held'),
    },
  },
  'a review that was not held': {
    now: {
      [file]: 'id: CHG-1\nstate: closed\nreview: PIR-1 # <- CHG-1 closes, but PIR-1 is planned\n',
      ...review('CHG-1', 'planned'),
    },
  },
  'a review that is missing is told by another rule': { now: { [file]: 'id: CHG-1\nstate: closed\nreview: PIR-9\n' } },
})
