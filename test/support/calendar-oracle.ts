import fc from 'fast-check'
import { type Calendar, calendarOf } from '../../src/core/calendar.ts'
import { instant } from './life.ts'
import { type OracleHours, openMinutes } from './minute-oracle.ts'

/** Clock changes to the second: forward and back, by an hour, by less and by a day, at night and at midnight. */
export const clockChanges: readonly (readonly [zone: string, at: string])[] = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2007-03-11T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['America/St_Johns', '2011-03-13T03:31:00Z'],
  ['America/St_Johns', '2026-03-08T05:30:00Z'],
  ['America/St_Johns', '2026-11-01T04:30:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Pacific/Chatham', '2026-04-04T14:00:00Z'],
  ['Pacific/Chatham', '2026-09-26T14:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['America/Sao_Paulo', '2015-02-22T02:00:00Z'],
  ['America/Sao_Paulo', '2015-10-18T03:00:00Z'],
  ['Asia/Tehran', '2015-03-21T20:30:00Z'],
  ['Asia/Tehran', '2015-09-21T19:30:00Z'],
  ['Africa/Casablanca', '2020-04-19T02:00:00Z'],
  ['Africa/Casablanca', '2020-05-31T02:00:00Z'],
  ['America/Havana', '2026-03-08T05:00:00Z'],
  ['America/Havana', '2026-11-01T05:00:00Z'],
  ['Asia/Kathmandu', '1985-12-31T18:30:00Z'],
  ['Europe/Dublin', '1971-10-31T02:00:00Z'],
  ['Africa/Cairo', '2023-04-27T22:00:00Z'],
  ['Africa/Cairo', '2023-10-26T21:00:00Z'],
]

const keys = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Hours whose edges no change of these zones makes ambiguous, so that minutes on the wall decide. */
const spans = fc.constantFrom<readonly (readonly [number, number])[]>(
  [],
  [[0, 1440]],
  [[480, 1080]],
  [
    [540, 765],
    [825, 1060],
  ],
  [
    [300, 301],
    [1200, 1320],
  ],
  [
    [0, 300],
    [1320, 1440],
  ],
)

const hours = fc.record({ week: fc.array(spans, { minLength: 7, maxLength: 7 }), closeTomorrow: fc.boolean() })

/** Opening hours in the zone of a clock change, perhaps with a holiday on the day after it. */
export const someHours: fc.Arbitrary<{ readonly oracle: OracleHours; readonly change: number }> = fc
  .tuple(fc.constantFrom(...clockChanges), hours)
  .map(([[zone, at], { week, closeTomorrow }]) => {
    const change = instant(at)
    const closed = closeTomorrow ? [new Date((change + 86_400) * 1000).toISOString().slice(0, 10)] : []
    return { oracle: { zone, week, closed: new Set(closed) }, change }
  })

/** The calendar of a record with such hours. */
export function calendarWith({ zone, week, closed }: OracleHours): Calendar {
  const byDay = keys.map((key, day) => [
    key,
    (week[day] ?? []).map(([from, until]) => `${clock(from)}-${clock(until)}`),
  ])
  const calendar = calendarOf({ timezone: zone, hours: Object.fromEntries(byDay), holidays: [...closed] })
  if (!calendar) throw new Error('the hours make no sense')
  return calendar
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** How many intervals were compared, and over which clock changes. */
export interface Compared {
  readonly intervals: number
  readonly zones: number
  readonly changes: number
}

/**
 * Compares open time with a count of minutes over random intervals, each across a clock change; throws where they
 * differ.
 */
export function compareWithOracle(intervals: number, seed: number): Compared {
  const [zones, changes] = [new Set<string>(), new Set<string>()]
  let compared = 0
  const reach = fc.integer({ min: 1, max: 1500 })
  fc.assert(
    fc.property(someHours, reach, reach, ({ oracle, change }, before, after) => {
      const [from, until] = [change - before * 60, change + after * 60]
      const [open, minutes] = [calendarWith(oracle).elapsed(from, until), openMinutes(oracle, from, until)]
      if (open !== minutes * 60) throw new Error(`${open} s are open, but ${minutes} minutes were counted`)
      zones.add(oracle.zone)
      changes.add(`${oracle.zone} ${change}`)
      compared++
    }),
    { numRuns: intervals, seed },
  )
  return { intervals: compared, zones: zones.size, changes: changes.size }
}
