import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { routeText } from '../../src/core/place.ts'
import { calendarIsConsistent } from '../../src/rules/calendar-is-consistent.ts'
import { calendarRecord } from '../support/life.ts'

type Told = readonly [message: string, at: string]

function found(data: { readonly [field: string]: unknown }): readonly Told[] {
  const records = indexRecords([
    calendarRecord('office', { timezone: 'Europe/Berlin', hours: { sun: ['10:00-12:00'] }, ...data }),
  ])
  const config = {
    organisation: '',
    timezone: 'UTC',
    calendar: 'always',
    categories: [],
    shard: 'month',
    reports: { path: '' },
    imports: [],
  } as const
  const facts = { rulebook: { config, types: new Map() }, records, changes: [], unreadable: new Set<string>() }
  return Array.from(calendarIsConsistent.check(facts), ({ message, place }) => [message, routeText(place.route)])
}

describe('a calendar that says one thing about every minute passes', () => {
  test.each([
    ['hours that touch', { hours: { mon: ['08:00-13:00', '13:00-24:00'] } }],
    ['hours of different days', { hours: { 'mon-thu': ['08:00-18:00'], fri: ['08:00-12:00'] } }],
    ['hours over the end of the week', { hours: { 'sun-thu': ['08:00-18:00'], 'fri-sat': ['10:00-12:00'] } }],
    ['a day with an empty list', { hours: { mon: [], tue: ['08:00-12:00'] } }],
    ['days of the year only', { hours: {}, holidays: [{ date: '2026-11-27', title: 'Sale', hours: ['08:00-22:00'] }] }],
    [
      'holidays that follow one another',
      {
        holidays: [
          '2026-12-25',
          { date: '2026-12-24', title: 'Eve', hours: ['08:00-12:00'] },
          { from: '2026-12-26', to: '2026-12-31' },
        ],
      },
    ],
  ])('%s', (_, data) => {
    expect(found(data)).toEqual([])
  })
})

describe('a calendar that contradicts itself is told where', () => {
  test.each<[string, { readonly [field: string]: unknown }, readonly Told[]]>([
    ['an unknown zone', { timezone: 'Europe/Berlni' }, [['Europe/Berlni is no time zone', 'timezone']]],
    ['a bare offset', { timezone: '+01:00' }, [['+01:00 is no time zone', 'timezone']]],
    ['an unknown weekday', { hours: { 'mo-fr': ['08:00-09:00'] } }, [['mo-fr is no weekday', 'hours.mo-fr']]],
    [
      'a time that does not exist',
      { hours: { mon: ['08:00-25:00'] } },
      [['08:00-25:00 is no span of time', 'hours.mon[0]']],
    ],
    [
      'hours that end before they begin',
      { hours: { mon: ['22:00-06:00'] } },
      [['22:00-06:00 ends before it begins', 'hours.mon[0]']],
    ],
    ['hours of no length', { hours: { mon: ['08:00-08:00'] } }, [['08:00-08:00 ends when it begins', 'hours.mon[0]']]],
    ['no hours at all', { hours: {} }, [['office never opens, so no time would ever pass on it', 'hours']]],
    [
      'empty days only',
      { hours: { mon: [] }, holidays: ['2026-12-25', { date: '2026-12-24', hours: [] }] },
      [['office never opens, so no time would ever pass on it', 'hours']],
    ],
    [
      'overlapping hours',
      { hours: { mon: ['08:00-13:00', '12:00-18:00'] } },
      [['12:00-18:00 overlaps 08:00-13:00', 'hours.mon[1]']],
    ],
    [
      'overlapping hours under two keys, once for all days',
      { hours: { 'mon-fri': ['08:00-18:00'], 'thu-fri': ['17:00-20:00'] } },
      [['17:00-20:00 overlaps 08:00-18:00', 'hours.thu-fri[0]']],
    ],
    [
      'a stretch that ends before it begins',
      { holidays: [{ from: '2026-08-15', to: '2026-08-01', title: 'Works holiday' }] },
      [['2026-08-15 to 2026-08-01 ends before it begins', 'holidays[0]']],
    ],
    [
      'a date twice',
      { holidays: ['2026-12-25', { date: '2026-12-25', title: 'Christmas' }] },
      [['2026-12-25 is listed as a holiday twice', 'holidays[1]']],
    ],
    [
      'a date within a stretch',
      { holidays: [{ from: '2026-08-01', to: '2026-08-15' }, '2026-08-15'] },
      [['2026-08-15 is listed as a holiday twice', 'holidays[1]']],
    ],
    [
      'a date that does not exist',
      { holidays: ['2026-02-30'] },
      [['2026-02-30 is no date that exists', 'holidays[0]']],
    ],
    [
      'overlapping hours of a holiday',
      { holidays: [{ date: '2026-12-24', hours: ['08:00-12:00', '11:00-13:00'] }] },
      [['11:00-13:00 overlaps 08:00-12:00', 'holidays[0].hours[1]']],
    ],
  ])('%s', (_, data, expected) => {
    expect(found(data)).toEqual(expected)
  })
})
