import { describe, expect, test } from 'vitest'
import type { Series } from '../../src/core/series.ts'
import { peakOf } from '../../src/core/series-pattern.ts'
import { at } from '../reports/web-shop.ts'

const first = at('2026-06-01T00:00') // a Monday
const always = { from: 0, until: Number.POSITIVE_INFINITY }

function hourly(
  hours: number,
  value: (hour: number) => number,
  others: readonly ((hour: number) => number | null)[] = [],
): Series {
  const points = Array.from({ length: hours }, (_, hour) => ({
    at: first + hour * 3600,
    values: [value(hour), ...others.map((other) => other(hour))],
  }))
  return { file: 'x.csv', columns: ['value', ...others.map((_, index) => `c${index}`)], points }
}

const week = 7 * 24
const friday = (hour: number): number => (hour % week === 4 * 24 + 19 ? 50 : 10)

describe('the peak of a series', () => {
  test('is the hour of the week that stands highest, on the clock of the zone', () => {
    const series = hourly(2 * week, friday)
    expect(peakOf(series, always, 'UTC')).toEqual({ weekday: 'Friday', hour: 19, median: 50, usual: 10, n: 2 })
    expect(peakOf(series, always, 'Europe/Berlin')).toMatchObject({ weekday: 'Friday', hour: 21 })
  })

  test('one odd value makes no peak', () => {
    const series = hourly(3 * week, (hour) => (hour === 30 ? 1000 : friday(hour)))
    expect(peakOf(series, always, 'UTC')).toMatchObject({ weekday: 'Friday', median: 50, n: 3 })
  })

  test('is not told from less than two weeks', () => {
    expect(peakOf(hourly(2 * week - 1, friday), always, 'UTC')).toBeNull()
    expect(peakOf(hourly(4 * week, friday), { from: first, until: first + week * 3600 }, 'UTC')).toBeNull()
  })
})
