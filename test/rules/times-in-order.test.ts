import { timesInOrder } from '../../src/rules/times-in-order.ts'
import { cases } from '../support/cases.ts'

const file = 'records/incident/INC-1.yaml'

cases(timesInOrder, {
  'times that run forwards pass, also across zones': {
    now: {
      [file]:
        'opened_at: 2026-01-01T10:00:00+02:00\nresolved_at: 2026-01-01T09:00:00Z\nlog: [{ at: 2026-01-01T08:00:00Z }, { at: 2026-01-01T08:00:00Z }]\n',
    },
  },
  'resolved before opened is reported': {
    now: {
      [file]:
        'opened_at: 2026-01-01T10:00:00Z\nresolved_at: 2026-01-01T09:59:59Z # <- resolved_at lies before opened_at\n',
    },
  },
  'a log that runs backwards is reported at the entry': {
    now: {
      [file]:
        'log:\n  - { at: 2026-01-01T10:00:00Z }\n  - { at: 2026-01-01T09:00:00Z } # <- This log entry lies before the one above it\n  - { at: 2026-01-01T11:00:00Z }\n',
    },
  },
})
