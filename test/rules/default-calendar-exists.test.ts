import { expect, test } from 'vitest'
import { indexRecords, type Rulebook } from '../../src/core/facts.ts'
import { defaultCalendarExists } from '../../src/rules/default-calendar-exists.ts'
import { cases } from '../support/cases.ts'
import { shipped } from '../support/shipped.ts'

const withDefault =
  (calendar: string) =>
  ({ config, types }: Rulebook): Rulebook => ({ config: { ...config, calendar }, types })

cases(defaultCalendarExists, {
  'a calendar that exists passes': { now: { 'records/calendar/berlin-office.yaml': 'id: berlin-office\n' } },
  'the built-in calendar passes': { now: {}, rulebook: withDefault('always') },
})

test('a calendar that does not exist is reported in gitsm.yaml', () => {
  const facts = { records: indexRecords([]), unreadable: new Set<string>(), changes: [] }
  const rulebook = withDefault('alwys')(shipped.rulebook)
  expect([...defaultCalendarExists.check({ ...facts, rulebook })]).toEqual([
    {
      message: 'There is no calendar alwys',
      place: { file: 'gitsm.yaml', route: ['calendar'] },
      hint: 'Did you mean always?',
    },
  ])
  const unread = { ...facts, unreadable: new Set(['calendar/alwys']) }
  expect([...defaultCalendarExists.check({ ...unread, rulebook })]).toEqual([])
})
