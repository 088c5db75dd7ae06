import { commentaryPeriodExists } from '../../src/rules/commentary-period-exists.ts'
import { cases } from '../support/cases.ts'

const file = 'records/commentary/note.yaml'

cases(commentaryPeriodExists, {
  'a month, a quarter, a year and a week pass': {
    now: Object.fromEntries(
      ['2026-02', '2026-Q4', '"2026"', '2026-W53'].map((period, index) => [
        `records/commentary/note-${index}.yaml`,
        `id: note-${index}\nperiod: ${period}\n`,
      ]),
    ),
  },
  'a thirteenth month is reported': {
    now: { [file]: 'id: note\nperiod: 2026-13 # <- There is no period 2026-13\n' },
  },
  'week 53 of a year that has none is reported': {
    now: { [file]: 'id: note\nperiod: 2025-W53 # <- There is no period 2025-W53\n' },
  },
})
