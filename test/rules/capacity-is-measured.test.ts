import { expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { capacityIsMeasured } from '../../src/rules/capacity-is-measured.ts'
import { shipped } from '../support/shipped.ts'

function found(...capacity: readonly unknown[]) {
  const file = 'records/service/shop.yaml'
  const records = indexRecords([{ type: 'service', id: 'shop', file, data: { id: 'shop', capacity } }])
  const series = new Map([
    ['load', { file: 'records/measurement/load.csv', columns: ['value', 'sessions'], points: [] }],
  ])
  const facts = { rulebook: shipped.rulebook, records, series, changes: [], unreadable: new Set<string>() }
  return [...capacityIsMeasured.check(facts)]
}

test('the main column, one by its name, and a measurement without values pass', () => {
  const limits = [
    { measurement: 'load' },
    { measurement: 'load', series: 'sessions' },
    { measurement: 'disk', series: 'x' },
  ]
  expect(found(...limits, 'load')).toEqual([])
})

test('a column that the measurement does not have is reported where it is named', () => {
  expect(found({ measurement: 'load' }, { measurement: 'load', series: 'users' })).toEqual([
    {
      message: 'load has no column users',
      place: { file: 'records/service/shop.yaml', route: ['capacity', 1, 'series'] },
      hint: 'Choose one of value, sessions',
    },
  ])
})
