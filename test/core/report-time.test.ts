import { expect, test } from 'vitest'
import { hoursText, localTime } from '../../src/core/report-time.ts'

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [61, '1 min 1 s'],
  [3600, '1 h'],
  [3661, '1 h 1 min'],
  [40 * 3600, '40 h'],
  [-5400, '-1 h 30 min'],
])('%i seconds read %s', (seconds, text) => {
  expect(hoursText(seconds)).toBe(text)
})

test.each([
  [28 * 86_400 + 5 * 3600 + 59 * 60, '28 d 5 h'],
  [2 * 86_400, '48 h'],
  [40 * 3600, '40 h'],
])('%i seconds of a clock that never closes read %s', (seconds, text) => {
  expect(hoursText(seconds, true)).toBe(text)
})

test('a Saturday morning in Berlin is still a Friday evening in New York', () => {
  const at = Date.UTC(2026, 10, 21, 1, 30) / 1000
  expect(localTime(at, 'Europe/Berlin')).toEqual({ weekday: 6, hour: 2, day: 20778, text: '2026-11-21 02:30' })
  expect(localTime(at, 'America/New_York')).toEqual({ weekday: 5, hour: 20, day: 20777, text: '2026-11-20 20:30' })
})
