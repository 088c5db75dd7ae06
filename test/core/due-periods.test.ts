import { expect, test } from 'vitest'
import { duePeriods, latestPeriod } from '../../src/core/due-periods.ts'
import { type Period, parsePeriod } from '../../src/core/period.ts'
import { at } from '../reports/web-shop.ts'

const due = (since: string, now: string, zone = 'UTC') => duePeriods(at(since), at(now), zone).map(({ id }) => id)

test('the running month is due, and the last month, quarter and year that are over', () => {
  expect(due('2024-01-01T00:00', '2026-11-21T10:00')).toEqual(['2026-11', '2026-10', '2026-Q3', '2025'])
})

test('a period ends with its last second in the zone of the reports', () => {
  expect(due('2024-01-01T00:00', '2026-12-31T22:59:59Z', 'Europe/Berlin')).toEqual([
    '2026-12',
    '2026-11',
    '2026-Q3',
    '2025',
  ])
  expect(due('2024-01-01T00:00', '2026-12-31T23:00:00Z', 'Europe/Berlin')).toEqual([
    '2027-01',
    '2026-12',
    '2026-Q4',
    '2026',
  ])
})

test('what had ended when the history began is not due', () => {
  expect(due('2026-11-03T00:00', '2026-11-21T10:00')).toEqual(['2026-11'])
  expect(due('2026-09-30T23:59', '2026-11-21T10:00')).toEqual(['2026-11', '2026-10', '2026-Q3'])
})

test('a dashboard tells of the period that begins last, of a month before its quarter and year', () => {
  const period = (id: string): Period => {
    const found = parsePeriod(id, 'UTC')
    if (!found) throw new Error(`${id} is no period`)
    return found
  }
  const latest = (first: string, ...others: readonly string[]) =>
    latestPeriod([period(first), ...others.map(period)]).id
  expect(latest('2026', '2026-10', '2026-Q4')).toBe('2026-10')
  expect(latest('2026-10', '2026-11', '2026')).toBe('2026-11')
  expect(latest('2026-09', '2026-Q4')).toBe('2026-Q4')
})
