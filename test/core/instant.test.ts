import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatInstant, humanDuration, isDate, parseDuration, parseInstant } from '../../src/core/instant.ts'

describe('instants', () => {
  test.each([
    ['2026-11-21T08:15:00Z', Date.UTC(2026, 10, 21, 8, 15)],
    ['2026-11-21T09:15:00+01:00', Date.UTC(2026, 10, 21, 8, 15)],
    ['2026-11-20T22:45:30-09:30', Date.UTC(2026, 10, 21, 8, 15, 30)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2026-11-21T08:15:00.999Z', Date.UTC(2026, 10, 21, 8, 15)],
    ['1970-01-01T00:00:00Z', 0],
    ['2199-12-31T23:59:59Z', Date.UTC(2199, 11, 31, 23, 59, 59)],
  ])('%s is read', (text, milliseconds) => {
    expect(parseInstant(text)).toBe(milliseconds / 1000)
  })

  test.each([
    '2026-11-21',
    '1969-12-31T23:59:59Z',
    '2200-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '2026-11-21T08:15Z',
    '2026-11-21T08:15:00',
    '2026-11-21 08:15:00Z',
    '2026-11-21t08:15:00z',
    '2026-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-11-21T08:15:00+24:00',
    '2026-11-21T08:15:00+0100',
    '٢٠٢٦-11-21T08:15:00Z',
    '',
  ])('%j is no instant', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_258_118_399 }), (at) => {
        expect(parseInstant(formatInstant(at))).toBe(at)
      }),
    )
  })
})

test('every day from 1970 to 2199 is read, and no other', () => {
  const wrong: string[] = []
  let days = 0
  for (let year = 1970; year <= 2199; year++) {
    for (let number = 0; number < 14 * 33; number++) {
      const [month, day] = [Math.floor(number / 33), number % 33]
      const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
      const isThere = Number.isFinite(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
      const at = parseInstant(`${text}T00:00:00Z`)
      if (isDate(text) !== isThere || at !== (isThere ? Date.parse(text) / 1000 : undefined)) wrong.push(text)
      if (isThere) days += 1
    }
  }
  expect(wrong).toEqual([])
  expect(days).toBe((Date.UTC(2200, 0) - Date.UTC(1970, 0)) / 86_400_000)
})

describe('dates', () => {
  test.each(['2026-02-28', '2024-02-29', '0001-01-01'])('%s exists', (text) => expect(isDate(text)).toBe(true))
  test.each(['2026-02-30', '2026-00-10', '2026-1-1', '2100-02-29'])('%s does not', (text) =>
    expect(isDate(text)).toBe(false),
  )
})

describe('durations', () => {
  test.each([
    ['PT15M', 900],
    ['PT4H', 14_400],
    ['PT1H30M15S', 5_415],
    ['PT0S', 0],
    ['PT90M', 5_400],
  ])('%s is %i seconds', (text, seconds) => expect(parseDuration(text)).toBe(seconds))

  test.each(['P1D', 'PT', 'P1DT2H', '15M', 'PT1.5H', 'PT-5M', 'PT5'])('%s is refused', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  )

  test.each([
    [0, '0 s'],
    [59, '59 s'],
    [3_600, '1 h'],
    [3_661, '1 h 1 min'],
    [86_400 + 60, '1 d'],
    [90_000, '1 d 1 h'],
    [-90, '-1 min 30 s'],
  ])('%i seconds read as %s', (seconds, text) => expect(humanDuration(seconds)).toBe(text))
})
