import { describe, expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import { isWithin, parsePeriod, periodAt, periodHint, previousPeriods } from '../../src/core/period.ts'

function edges(text: string, zone: string): readonly [string, string, string] | undefined {
  const period = parsePeriod(text, zone)
  return period && [formatInstant(period.from), formatInstant(period.until), period.title]
}

describe('a period', () => {
  test.each([
    ['2016-03', 'UTC', '2016-03-01T00:00:00Z', '2016-04-01T00:00:00Z', 'March 2016'],
    ['2016-02', 'UTC', '2016-02-01T00:00:00Z', '2016-03-01T00:00:00Z', 'February 2016'],
    ['2016-Q2', 'UTC', '2016-04-01T00:00:00Z', '2016-07-01T00:00:00Z', 'the second quarter of 2016'],
    ['2016-Q4', 'UTC', '2016-10-01T00:00:00Z', '2017-01-01T00:00:00Z', 'the fourth quarter of 2016'],
    ['2016', 'UTC', '2016-01-01T00:00:00Z', '2017-01-01T00:00:00Z', '2016'],
    [
      '2026-W48',
      'UTC',
      '2026-11-23T00:00:00Z',
      '2026-11-30T00:00:00Z',
      'week 48 of 2026 (23 November 2026 to 29 November 2026)',
    ],
    [
      '2026-W01',
      'UTC',
      '2025-12-29T00:00:00Z',
      '2026-01-05T00:00:00Z',
      'week 1 of 2026 (29 December 2025 to 4 January 2026)',
    ],
    ['2016-03', 'Europe/Berlin', '2016-02-29T23:00:00Z', '2016-03-31T22:00:00Z', 'March 2016'],
    ['2018-11', 'America/Sao_Paulo', '2018-11-01T03:00:00Z', '2018-12-01T02:00:00Z', 'November 2018'],
  ])('%s in %s lasts from %s until %s', (text, zone, from, until, title) => {
    expect(edges(text, zone)).toEqual([from, until, title])
  })

  test('a month whose first midnight is skipped by a clock change begins with the first instant of its day', () => {
    expect(edges('2017-10', 'America/Asuncion')?.[0]).toBe('2017-10-01T04:00:00Z')
    expect(edges('2017-09', 'America/Asuncion')?.[1]).toBe('2017-10-01T04:00:00Z')
  })

  test('keeps the id it was read from', () => {
    for (const id of ['2016-03', '2016-Q2', '2016', '2026-W48', '2026-W53', '2026-W01', '0099-12']) {
      expect(parsePeriod(id, 'Asia/Kolkata')?.id).toBe(id)
    }
  })

  test.each(['', '2016-13', '2016-00', '2016-3', '2016-Q0', '2016-Q5', '2016-q2', '2016-W00', '2016-W53', '2016-W54'])(
    '%s is none',
    (text) => {
      expect(parsePeriod(text, 'UTC')).toBeUndefined()
    },
  )

  test.each(['16', '2016-03-01', ' 2016', '2016\n', '-2016', '2016-W1', 'March 2016'])('%j is none', (text) => {
    expect(parsePeriod(text, 'UTC')).toBeUndefined()
  })

  test('the hint names every form', () => {
    for (const form of periodHint.match(/\d{4}(-[QW]?\d+)?/g) ?? []) expect(parsePeriod(form, 'UTC')).toBeDefined()
  })

  test('holds its first second and not its end', () => {
    const march = parsePeriod('2016-03', 'Europe/Berlin')
    expect(march && isWithin(march, march.from)).toBe(true)
    expect(march && isWithin(march, march.until - 1)).toBe(true)
    expect(march && isWithin(march, march.until)).toBe(false)
    expect(march && isWithin(march, march.from - 1)).toBe(false)
  })

  test.each([
    ['week', '2026-W48'],
    ['month', '2026-11'],
    ['quarter', '2026-Q4'],
    ['year', '2026'],
  ] as const)('the %s of an instant is found', (kind, id) => {
    const at = Date.UTC(2026, 10, 29, 23, 59, 59) / 1000
    expect(periodAt(kind, at, 'UTC')).toEqual(parsePeriod(id, 'UTC'))
  })

  test('an instant belongs to the day of its zone', () => {
    const at = Date.UTC(2026, 10, 30, 23, 30) / 1000
    expect(periodAt('month', at, 'UTC').id).toBe('2026-11')
    expect(periodAt('month', at, 'Europe/Berlin').id).toBe('2026-12')
  })
})

describe('the periods before', () => {
  test.each([
    ['2016-03', ['2015-12', '2016-01', '2016-02']],
    ['2016-Q2', ['2015-Q3', '2015-Q4', '2016-Q1']],
    ['2016', ['2013', '2014', '2015']],
    ['2026-W01', ['2025-W50', '2025-W51', '2025-W52']],
    ['2027-W01', ['2026-W51', '2026-W52', '2026-W53']],
  ])('of %s are %j', (id, expected) => {
    const period = parsePeriod(id, 'Europe/Berlin')
    expect(period && previousPeriods(period, 'Europe/Berlin', 3).map((each) => each.id)).toEqual(expected)
  })

  test('tile time without gap or overlap, also across clock changes', () => {
    const period = parsePeriod('2016-11', 'Europe/Berlin')
    const tiles = period ? [...previousPeriods(period, 'Europe/Berlin', 12), period] : []
    expect(tiles).toHaveLength(13)
    tiles.slice(1).forEach((tile, index) => {
      expect(tile.from).toBe(tiles[index]?.until)
    })
  })
})
