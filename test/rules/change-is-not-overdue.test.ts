import { changeIsNotOverdue } from '../../src/rules/change-is-not-overdue.ts'
import { cases } from '../support/cases.ts'

const change = (state: string, mark = '') => ({
  'records/change/CHG-1.yaml': `id: CHG-1\nstate: ${state}\nplanned_end: 2026-11-21T12:00:00Z${mark}\n`,
})

cases(changeIsNotOverdue, {
  'before its end nothing is late': {
    asOf: '2026-11-21T11:59:59Z',
    now: change('scheduled'),
  },
  'a change that never began': {
    asOf: '2026-11-21T12:00:00Z',
    now: change('scheduled', ' # <- CHG-1 was to end by 2026-11-21 12:00 UTC and is still in scheduled'),
  },
  'a change that nobody has ended': {
    asOf: '2026-11-22T12:00:00Z',
    now: change('implement', ' # <- CHG-1 was to end by 2026-11-21 12:00 UTC and is still in implement'),
  },
  'a change whose plan nobody has approved, or which is over': {
    asOf: '2026-11-22T12:00:00Z',
    now: {
      ...change('authorize'),
      'records/change/CHG-2.yaml': 'id: CHG-2\nstate: closed\nplanned_end: 2026-11-01T00:00:00Z\n',
    },
  },
  'nothing is due where no instant is given': { now: change('scheduled') },
})
