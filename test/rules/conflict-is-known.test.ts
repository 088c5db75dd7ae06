import { describe } from 'vitest'
import { conflictIsKnown } from '../../src/rules/conflict-is-known.ts'
import { cases } from '../support/cases.ts'

const file = 'records/change/CHG-A.yaml'
const window = {
  'records/window/f.yaml':
    'id: f\ntitle: F\nkind: freeze\nfrom: 2026-12-01T00:00:00Z\nto: 2026-12-05T00:00:00Z\napplies_to: { services: [shop] }\n',
}

function change(state: string, mark = '', start = '2026-12-02T10:00:00Z'): string {
  return `id: CHG-A\nstate: ${state}\nchange_type: normal\nservices:\n  - shop${mark}\nplanned_start: ${start}\nplanned_end: 2026-12-08T12:00:00Z\n`
}

const marked = ' # <- shop is in the freeze f (2026-12-02 10:00 to 2026-12-05 00:00 UTC)'

describe('conflicts are told while a change is being decided on', () => {
  cases(conflictIsKnown, {
    'when it is assessed': {
      before: { ...window, [file]: change('new') },
      now: { ...window, [file]: change('assess', marked) },
    },
    'when it is put up for authorisation': {
      before: { ...window, [file]: change('assess') },
      now: { ...window, [file]: change('authorize', marked) },
    },
    'when its time is moved': {
      before: { ...window, [file]: change('assess', '', '2026-12-06T10:00:00Z') },
      now: { ...window, [file]: change('assess', marked) },
    },
    'not while it is new': { now: { ...window, [file]: change('new') } },
    'not once it is scheduled, where another rule refuses': {
      before: { ...window, [file]: change('assess') },
      now: { ...window, [file]: change('scheduled') },
    },
    'not when only its words are edited': {
      before: { ...window, [file]: change('assess') },
      now: { ...window, [file]: `${change('assess')}description: More\n` },
    },
    'not of a record of another type': { now: { ...window, 'records/problem/CHG-A.yaml': change('assess') } },
  })
})
