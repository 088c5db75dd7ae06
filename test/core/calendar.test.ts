import { describe, expect, test } from 'vitest'
import { always, type Calendar, calendarOf } from '../../src/core/calendar.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { Data } from '../../src/core/record.ts'
import { instant } from '../support/life.ts'

function open(data: Data): Calendar {
  const calendar = calendarOf(data)
  if (!calendar) throw new Error('the hours make no sense')
  return calendar
}

const office = open({
  timezone: 'Europe/Berlin',
  hours: { 'mon-fri': ['08:00-13:00', '14:00-18:00'], sat: ['09:00-12:00'] },
  holidays: [
    '2026-12-25',
    { date: '2026-12-24', title: 'Christmas Eve', hours: ['08:00-12:00'] },
    { from: '2026-08-01', to: '2026-08-15', title: 'Works holiday' },
  ],
})

function hours(calendar: Calendar, from: string, until: string): number {
  return calendar.elapsed(instant(from), instant(until)) / 3600
}

function due(calendar: Calendar, start: string, seconds: number): string | undefined {
  const at = calendar.due(instant(start), seconds)
  return at === undefined ? undefined : formatInstant(at)
}

describe('opening hours', () => {
  test.each([
    ['a whole working day has its nine hours', '2026-03-02T00:00:00+01:00', '2026-03-03T00:00:00+01:00', 9],
    ['a lunch break costs nothing', '2026-03-02T12:30:00+01:00', '2026-03-02T14:30:00+01:00', 1],
    ['a Saturday counts its morning', '2026-03-07T00:00:00+01:00', '2026-03-08T00:00:00+01:00', 3],
    ['a Sunday costs nothing', '2026-03-08T00:00:00+01:00', '2026-03-09T00:00:00+01:00', 0],
    ['a holiday costs nothing', '2026-12-25T00:00:00+01:00', '2026-12-26T00:00:00+01:00', 0],
    ['a partial holiday has its own hours', '2026-12-24T00:00:00+01:00', '2026-12-25T00:00:00+01:00', 4],
    ['the last day of a stretch of holidays is closed', '2026-08-15T00:00:00+02:00', '2026-08-16T00:00:00+02:00', 0],
    ['the day after a stretch of holidays is open', '2026-08-17T00:00:00+02:00', '2026-08-18T00:00:00+02:00', 9],
    ['a year from end to end adds up', '2025-12-31T08:00:00+01:00', '2026-01-02T09:00:00+01:00', 9 + 9 + 1],
    ['a reversed interval is nothing', '2026-03-03T00:00:00+01:00', '2026-03-02T00:00:00+01:00', 0],
    ['an empty interval is nothing', '2026-03-02T09:00:00+01:00', '2026-03-02T09:00:00+01:00', 0],
  ])('%s', (_, from, until, expected) => {
    expect(hours(office, from, until)).toBe(expected)
  })

  test('hours of one day under two keys count once where they overlap', () => {
    const twice = open({ timezone: 'UTC', hours: { 'mon-fri': ['09:00-17:00'], fri: ['08:00-12:00'] } })
    expect(hours(twice, '2026-03-06T00:00:00Z', '2026-03-07T00:00:00Z')).toBe(9)
  })

  test('a span of weekdays may run over the end of the week', () => {
    const sunday = open({ timezone: 'Asia/Jerusalem', hours: { 'sun-thu': ['00:00-24:00'] } })
    expect(hours(sunday, '2026-02-01T00:00:00+02:00', '2026-02-08T00:00:00+02:00')).toBe(5 * 24)
  })

  test('a holiday may be open where the week is closed', () => {
    const duty = open({ timezone: 'UTC', hours: {}, holidays: [{ date: '2026-03-08', hours: ['10:00-12:00'] }] })
    expect(hours(duty, '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toBe(2)
    expect(due(duty, '2026-01-01T00:00:00Z', 3600)).toBe('2026-03-08T11:00:00Z')
  })

  test('of two entries for one day the first counts', () => {
    const holidays = [{ date: '2026-03-02', hours: ['10:00-11:00'] }, '2026-03-02']
    const twice = open({ timezone: 'UTC', hours: { mon: ['08:00-16:00'] }, holidays })
    expect(hours(twice, '2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z')).toBe(1)
  })

  test('always counts every second', () => {
    expect(always.elapsed(instant('1999-12-31T23:59:59Z'), instant('2030-01-01T00:00:01Z'))).toBe(
      instant('2030-01-01T00:00:01Z') - instant('1999-12-31T23:59:59Z'),
    )
  })

  test('the years 1970 to 2200 are known, and what lies beyond is closed', () => {
    const whole = instant('2201-01-01T00:00:00Z') - instant('1970-01-01T00:00:00Z')
    expect(always.elapsed(instant('1970-01-01T00:00:00Z'), instant('2201-01-01T00:00:00Z'))).toBe(whole)
    expect(always.elapsed(instant('0001-01-01T00:00:00Z'), instant('9999-12-31T00:00:00Z'))).toBe(whole)
    expect(due(office, '1971-01-04T08:00:00+01:00', 3600)).toBe('1971-01-04T08:00:00Z')
    expect(due(office, '2199-07-01T08:00:00+02:00', 3600)).toBe('2199-07-01T07:00:00Z')
    expect(due(always, '2200-12-31T23:00:00Z', 3601)).toBeUndefined()
    expect(due(always, '0001-01-01T00:00:00Z', 60)).toBe('1970-01-01T00:01:00Z')
  })
})

describe('the due instant', () => {
  test.each([
    ['goes on after the weekend', '2026-03-06T17:00:00+01:00', 5 * 3600, '2026-03-09T08:00:00Z'],
    [
      'is the closing instant when the target is used up there',
      '2026-03-02T17:00:00+01:00',
      3600,
      '2026-03-02T17:00:00Z',
    ],
    ['is past closing by one second at the next opening', '2026-03-02T17:00:00+01:00', 3601, '2026-03-03T07:00:01Z'],
    ['of nothing, while open, is now', '2026-03-02T10:00:00+01:00', 0, '2026-03-02T09:00:00Z'],
    ['of nothing, while closed, is the next opening', '2026-03-07T12:00:00+01:00', 0, '2026-03-09T07:00:00Z'],
    ['of nothing, before a holiday, is after it', '2026-12-24T13:00:00+01:00', 0, '2026-12-26T08:00:00Z'],
  ])('%s', (_, start, seconds, expected) => {
    expect(due(office, start, seconds)).toBe(expected)
  })

  test('never comes on a calendar that is never open', () => {
    const never = open({ timezone: 'Europe/Berlin', hours: {} })
    expect(due(never, '2026-01-01T00:00:00Z', 0)).toBeUndefined()
    expect(due(never, '2026-01-01T00:00:00Z', 60)).toBeUndefined()
    expect(hours(never, '1970-01-01T00:00:00Z', '2200-01-01T00:00:00Z')).toBe(0)
  })

  test('of more than a calendar will ever be open never comes', () => {
    const once = open({ timezone: 'UTC', hours: {}, holidays: [{ date: '2026-03-08', hours: ['10:00-12:00'] }] })
    expect(due(once, '2026-01-01T00:00:00Z', 7201)).toBeUndefined()
    expect(due(once, '2026-03-08T12:00:00Z', 0)).toBeUndefined()
  })
})

describe('clock changes', () => {
  const at = (timezone: string, span: string, ...more: string[]): Calendar =>
    open({ timezone, hours: { 'mon-sun': [span, ...more] } })

  // In Los Angeles 2014-03-09 skips 02:00 to 03:00, and 2014-11-02 has 01:00 to 02:00 twice.
  test.each([
    [
      'an opening in the skipped hour is as much later',
      at('America/Los_Angeles', '02:30-05:00'),
      '2014-03-09',
      '2014-03-10',
      1.5,
    ],
    [
      'a closing in the skipped hour is as much later',
      at('America/Los_Angeles', '01:00-02:30'),
      '2014-03-09',
      '2014-03-10',
      1.5,
    ],
    [
      'hours within the skipped hour are dropped',
      at('America/Los_Angeles', '02:10-02:50'),
      '2014-03-09',
      '2014-03-10',
      0,
    ],
    [
      'hours that end right after the skipped hour are dropped',
      at('America/Los_Angeles', '02:30-03:15'),
      '2014-03-09',
      '2014-03-10',
      0,
    ],
    [
      'hours moved onto others count once',
      at('America/Los_Angeles', '01:00-02:30', '03:00-04:00'),
      '2014-03-09',
      '2014-03-10',
      2,
    ],
    ['the hour that comes twice counts twice', at('America/Los_Angeles', '00:00-04:00'), '2014-11-02', '2014-11-03', 5],
    [
      'an opening that comes twice is the first',
      at('America/Los_Angeles', '01:30-04:00'),
      '2014-11-02',
      '2014-11-03',
      3.5,
    ],
    [
      'a closing that comes twice is the first',
      at('America/Los_Angeles', '00:00-01:30'),
      '2014-11-02',
      '2014-11-03',
      1.5,
    ],
    [
      'a change of half an hour counts as such',
      at('Australia/Lord_Howe', '00:00-24:00'),
      '2026-10-04',
      '2026-10-05',
      23.5,
    ],
    ['a day that the zone skips has no hours', at('Pacific/Apia', '09:00-17:00'), '2011-12-29', '2012-01-01', 16],
    ['a change at midnight shortens the day', at('America/Sao_Paulo', '00:00-24:00'), '2015-10-18', '2015-10-19', 23],
  ])('%s', (_, calendar, from, until, expected) => {
    const [start, end] = [from, until].map((date) => midnight(calendar.zone, date))
    expect(calendar.elapsed(start ?? 0, end ?? 0) / 3600).toBe(expected)
  })

  test('a midnight that comes twice is the first', () => {
    // On 2006-10-29 the clocks of St John's went back at 00:01 to 23:01 of the day before.
    const sunday = open({ timezone: 'America/St_Johns', hours: { sun: ['00:00-24:00'] } })
    expect(due(sunday, '2006-10-28T12:00:00Z', 0)).toBe('2006-10-29T02:30:00Z')
    expect(hours(sunday, '2006-10-28T12:00:00Z', '2006-10-30T12:00:00Z')).toBe(25)
  })

  test('office hours are the same in weeks with and without a change', () => {
    expect(hours(office, '2026-03-23T00:00:00+01:00', '2026-03-30T00:00:00+02:00')).toBe(48)
    expect(hours(office, '2026-03-16T00:00:00+01:00', '2026-03-23T00:00:00+01:00')).toBe(48)
  })
})

describe('stretches', () => {
  const told = (calendar: Calendar, from: string, until: string): readonly string[] =>
    calendar
      .stretches(instant(from), instant(until))
      .map(({ from: a, kind, title }) => [formatInstant(a), kind, ...(title ? [title] : [])].join(' '))

  test('name opening hours, closed hours and holidays', () => {
    expect(told(office, '2026-12-23T17:00:00+01:00', '2026-12-26T10:00:00+01:00')).toEqual([
      '2026-12-23T16:00:00Z open',
      '2026-12-23T17:00:00Z closed',
      '2026-12-23T23:00:00Z holiday Christmas Eve',
      '2026-12-24T07:00:00Z open',
      '2026-12-24T11:00:00Z holiday Christmas Eve',
      '2026-12-24T23:00:00Z holiday',
      '2026-12-25T23:00:00Z closed',
      '2026-12-26T08:00:00Z open',
    ])
  })

  test('join what goes on over midnight and over a new year', () => {
    expect(told(always, '2025-12-30T12:00:00Z', '2026-01-02T12:00:00Z')).toEqual(['2025-12-30T12:00:00Z open'])
  })

  test('of nothing are none', () => {
    expect(office.stretches(5, 5)).toEqual([])
    expect(office.stretches(6, 5)).toEqual([])
  })

  test('are closed before 1970 and after 2200', () => {
    expect(told(always, '1969-12-31T00:00:00Z', '1970-01-01T01:00:00Z')).toEqual([
      '1969-12-31T00:00:00Z closed',
      '1970-01-01T00:00:00Z open',
    ])
    expect(told(always, '2200-12-31T00:00:00Z', '2202-01-01T00:00:00Z')).toEqual([
      '2200-12-31T00:00:00Z open',
      '2201-01-01T00:00:00Z closed',
    ])
  })
})

describe('hours that make no sense are no calendar', () => {
  test.each([
    ['an unknown zone', { timezone: 'Europe/Nowhere', hours: {} }],
    ['a bare offset', { timezone: '+01:00', hours: {} }],
    ['no hours', { timezone: 'UTC' }],
    ['an unknown day', { timezone: 'UTC', hours: { someday: ['08:00-09:00'] } }],
    ['an end before the start', { timezone: 'UTC', hours: { mon: ['09:00-08:00'] } }],
    ['a time that does not exist', { timezone: 'UTC', hours: { mon: ['09:00-24:30'] } }],
    ['a date that does not exist', { timezone: 'UTC', hours: {}, holidays: ['2026-02-30'] }],
    [
      'a stretch that ends before it begins',
      { timezone: 'UTC', hours: {}, holidays: [{ from: '2026-02-03', to: '2026-02-01' }] },
    ],
  ])('%s', (_, data) => {
    expect(calendarOf(data)).toBeUndefined()
  })
})

/** Local midnight, found by asking the clock on the wall, which shares nothing with the calendar. */
function midnight(zone: string, date: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' })
  let at = Date.parse(`${date}T00:00:00Z`) / 1000 - 86_400
  while (format.format(at * 1000) < date) at += 900
  return at
}
