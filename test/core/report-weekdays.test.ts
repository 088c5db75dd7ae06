import { expect, test } from 'vitest'
import { openingHours } from '../../src/core/report-weekdays.ts'
import { at } from '../reports/web-shop.ts'

test('openings are counted by weekday and hour of the zone, and the peak is marked', () => {
  // 2026-03-06 is a Friday; 17:30 UTC is 18:30 in Berlin.
  const instants = ['2026-03-06T17:30', '2026-03-20T17:05', '2026-03-09T09:00'].map(at)
  const { rows, days, most, n } = openingHours(instants, 'Europe/Berlin')
  expect([n, most]).toEqual([3, 2])
  expect(rows.map(({ title, sum }) => [title, sum])).toEqual([
    ['00:00–10:00', 0],
    ['10:00–11:00', 1],
    ['11:00–18:00', 0],
    ['18:00–19:00', 2],
    ['19:00–24:00', 0],
  ])
  expect(rows[3]?.days.map(({ count }) => count)).toEqual([0, 0, 0, 0, 2, 0, 0])
  expect(rows.flatMap((row) => row.days.filter(({ isPeak }) => isPeak))).toEqual([{ count: 2, isPeak: true }])
  expect(days.map(({ sum }) => sum)).toEqual([1, 0, 0, 0, 2, 0, 0])
})

test('no peak is marked unless two of each weekday lie between the first opening and the last', () => {
  const peaks = (last: string): readonly [boolean, number] => {
    const { rows, hasPeak } = openingHours(['2026-03-02T09:00', '2026-03-03T09:00', last].map(at), 'UTC')
    return [hasPeak, rows.flatMap(({ days }) => days.filter(({ isPeak }) => isPeak)).length]
  }
  expect(peaks('2026-03-14T10:00')).toEqual([false, 0])
  expect(peaks('2026-03-15T10:00')).toEqual([true, 3])
})

test('nothing opened has no peak', () => {
  const { rows, most } = openingHours([], 'UTC')
  expect(rows.map(({ title }) => title)).toEqual(['00:00–24:00'])
  expect(rows[0]?.days.some(({ isPeak }) => isPeak)).toBe(false)
  expect(most).toBe(0)
})
