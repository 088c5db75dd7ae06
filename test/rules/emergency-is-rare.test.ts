import { emergencyIsRare } from '../../src/rules/emergency-is-rare.ts'
import { cases } from '../support/cases.ts'

const change = (id: string, requester: string, opened: string, more = 'state: implement'): string =>
  `id: ${id}\nchange_type: emergency\nrequester: ${requester}\nopened_at: ${opened}\n${more}\n`
const file = (id: string): string => `records/change/${id}.yaml`
const first = { [file('CHG-1')]: change('CHG-1', 'ada', '2026-03-01T09:00:00Z') }
const second = (requester: string, opened: string, more?: string) => ({
  [file('CHG-2')]: change('CHG-2', requester, opened, more),
})
const told = (count: number, days: number): string => `ada # <- ada asks for emergency ${count} within ${days} days`

cases(emergencyIsRare, {
  'the first is worth no word': { now: first },
  'the second within thirty days is': {
    before: first,
    now: { ...first, ...second(told(2, 30), '2026-03-31T08:59:59Z') },
  },
  'thirty days later it is not': { before: first, now: { ...first, ...second('ada', '2026-03-31T09:00:00Z') } },
  'what another person asks for is another thing': {
    before: first,
    now: { ...first, ...second('bob', '2026-03-02T09:00:00Z') },
  },
  'a name counts in any case': {
    before: first,
    now: { ...first, ...second('ADA # <- ADA asks for emergency 2 within 30 days', '2026-03-02T09:00:00Z') },
  },
  'one that was cancelled does not count': {
    before: { [file('CHG-1')]: change('CHG-1', 'ada', '2026-03-01T09:00:00Z', 'state: cancelled') },
    now: {
      [file('CHG-1')]: change('CHG-1', 'ada', '2026-03-01T09:00:00Z', 'state: cancelled'),
      ...second('ada', '2026-03-02T09:00:00Z'),
    },
  },
  'it is said once, when it comes': {
    before: { ...first, ...second('ada', '2026-03-02T09:00:00Z') },
    now: { ...first, ...second('ada', '2026-03-02T09:00:00Z', 'state: review') },
  },
  'or when it becomes one': {
    before: {
      ...first,
      [file('CHG-2')]: change('CHG-2', 'ada', '2026-03-02T09:00:00Z', 'state: new').replace('emergency', 'normal'),
    },
    now: { ...first, ...second(told(2, 30), '2026-03-02T09:00:00Z', 'state: new') },
  },
  'gitsm.yaml says how often is too often': {
    rulebook: (shipped) => ({
      ...shipped,
      config: { ...shipped.config, emergencies: { over: 3 * 86_400, atLeast: 3 } },
    }),
    before: { ...first, ...second('ada', '2026-03-02T09:00:00Z') },
    now: {
      ...first,
      ...second('ada', '2026-03-02T09:00:00Z'),
      [file('CHG-3')]: change('CHG-3', told(3, 3), '2026-03-03T09:00:00Z'),
    },
  },
  'gitsm.yaml says from how many on one is refused': {
    severity: 'error',
    rulebook: (shipped) => ({
      ...shipped,
      config: { ...shipped.config, emergencies: { over: 30 * 86_400, atLeast: 2, refuseFrom: 3 } },
    }),
    before: { ...first, ...second('ada', '2026-03-02T09:00:00Z') },
    now: {
      ...first,
      ...second('ada', '2026-03-02T09:00:00Z'),
      [file('CHG-3')]: change('CHG-3', told(3, 30), '2026-03-03T09:00:00Z'),
    },
  },
})
