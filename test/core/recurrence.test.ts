import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { formatInstant } from '../../src/core/instant.ts'
import { type Recurrence, readRecurrence } from '../../src/core/recurrence.ts'
import { instant } from '../support/life.ts'

const sundays = {
  rule: 'FREQ=WEEKLY;BYDAY=SU',
  timezone: 'Europe/Berlin',
  start: '2026-01-04T02:00',
  duration: 'PT3H',
}

function read(fields: Partial<typeof sundays> = {}): Recurrence {
  const recurrence = readRecurrence({ ...sundays, ...fields })
  if ('message' in recurrence) throw new Error(recurrence.message)
  return recurrence
}

function told(recurrence: Recurrence, from: string, until: string): readonly string[] {
  return recurrence
    .times({ from: instant(from), until: instant(until) })
    .map((time) => `${formatInstant(time.from)} ${formatInstant(time.until)}`)
}

describe('a window keeps its time of day', () => {
  test('in winter and in summer', () => {
    expect(told(read(), '2026-03-22T00:00:00Z', '2026-04-06T00:00:00Z')).toEqual([
      '2026-03-22T01:00:00Z 2026-03-22T04:00:00Z',
      // 02:00 is skipped this night: read with the offset before the jump it is 03:00 in summer time.
      '2026-03-29T01:00:00Z 2026-03-29T04:00:00Z',
      '2026-04-05T00:00:00Z 2026-04-05T03:00:00Z',
    ])
  })

  test('and takes the first of an hour that comes twice', () => {
    expect(told(read(), '2026-10-24T00:00:00Z', '2026-11-02T00:00:00Z')).toEqual([
      '2026-10-25T00:00:00Z 2026-10-25T03:00:00Z',
      '2026-11-01T01:00:00Z 2026-11-01T04:00:00Z',
    ])
  })

  test('in a zone west of Greenwich, where its day is another one in UTC', () => {
    const late = read({ timezone: 'America/New_York', start: '2026-01-04T22:30', duration: 'PT1H' })
    expect(told(late, '2026-03-02T00:00:00Z', '2026-03-17T00:00:00Z')).toEqual([
      '2026-03-02T03:30:00Z 2026-03-02T04:30:00Z',
      '2026-03-09T02:30:00Z 2026-03-09T03:30:00Z',
      '2026-03-16T02:30:00Z 2026-03-16T03:30:00Z',
    ])
  })
})

describe('a stretch of time finds', () => {
  test('a time that began before it and still lasts, also from last year', () => {
    const christmas = read({ rule: 'FREQ=YEARLY', start: '2025-12-19T18:00', duration: 'PT396H' })
    expect(told(christmas, '2027-01-02T00:00:00Z', '2027-01-03T00:00:00Z')).toEqual([
      '2026-12-19T17:00:00Z 2027-01-05T05:00:00Z',
    ])
  })

  test('nothing where it only touches', () => {
    expect(told(read(), '2026-01-04T04:00:00Z', '2026-01-11T01:00:00Z')).toEqual([])
  })

  test('nothing before the start and after the end of the rule', () => {
    expect(told(read(), '2025-01-01T00:00:00Z', '2026-01-04T01:00:00Z')).toEqual([])
    const thrice = read({ rule: 'FREQ=WEEKLY;COUNT=3' })
    expect(told(thrice, '2025-01-01T00:00:00Z', '2030-01-01T00:00:00Z')).toHaveLength(3)
  })

  test('the last time on the day that UNTIL names, and one at that very instant', () => {
    const end = ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'] as const
    expect(told(read({ rule: 'FREQ=WEEKLY;UNTIL=20260118' }), ...end)).toHaveLength(3)
    expect(told(read({ rule: 'FREQ=WEEKLY;UNTIL=20260118T010000Z' }), ...end)).toHaveLength(3)
    expect(told(read({ rule: 'FREQ=WEEKLY;UNTIL=20260118T005959Z' }), ...end)).toHaveLength(2)
  })

  test('the second Tuesday, the last Friday and a leap day', () => {
    const year = ['2028-01-01T00:00:00Z', '2028-04-01T00:00:00Z'] as const
    const at = (rule: string, start: string) =>
      told(read({ rule, start, timezone: 'UTC', duration: 'PT1H' }), ...year).map((line) => line.slice(0, 10))
    expect(at('FREQ=MONTHLY;BYDAY=2TU', '2026-01-13T02:00')).toEqual(['2028-01-11', '2028-02-08', '2028-03-14'])
    expect(at('FREQ=MONTHLY;BYDAY=-1FR', '2026-01-30T02:00')).toEqual(['2028-01-28', '2028-02-25', '2028-03-31'])
    expect(at('FREQ=YEARLY', '2024-02-29T02:00')).toEqual(['2028-02-29'])
    expect(at('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-01-30T02:00')).toEqual([
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
    ])
  })
})

test('every day of an interval is found in any zone, at its wall clock time, and no other', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia']
  const wall = fc.record({
    timezone: fc.constantFrom(...zones),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.constantFrom(0, 15, 30, 59),
    every: fc.integer({ min: 1, max: 9 }),
    hours: fc.integer({ min: 1, max: 30 }),
    from: fc.integer({ min: 0, max: 700 }),
  })
  fc.assert(
    fc.property(wall, ({ timezone, hour, minute, every, hours, from }) => {
      const two = (count: number): string => String(count).padStart(2, '0')
      const start = `2026-01-05T${two(hour)}:${two(minute)}`
      const recurrence = read({ rule: `FREQ=DAILY;INTERVAL=${every}`, timezone, start, duration: `PT${hours}H` })
      const began = instant('2026-01-01T00:00:00Z') + from * 86_400
      const span = { from: began, until: began + 40 * 86_400 }
      const expected = Array.from({ length: 800 }, (_, index) => {
        const local = Temporal.PlainDateTime.from(start).add({ days: index * every })
        const at = local.toZonedDateTime(timezone).epochMilliseconds / 1000
        return { from: at, until: at + hours * 3600 }
      }).filter((time) => time.from < span.until && time.until > span.from)
      expect(recurrence.times(span)).toEqual(expected)
    }),
    { numRuns: 40 },
  )
})

test('the longest stretch of the most frequent rule is expanded at once', () => {
  const daily = read({ rule: 'FREQ=DAILY', start: '1970-01-01T02:00', timezone: 'UTC' })
  expect(daily.times({ from: 0, until: instant('2199-12-31T00:00:00Z') })).toHaveLength(84_005)
})
