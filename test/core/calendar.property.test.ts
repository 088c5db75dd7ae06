import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { always, type Calendar, calendarOf } from '../../src/core/calendar.ts'
import { type OracleHours, openMinutes } from '../support/minute-oracle.ts'

const keys = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Zones and an instant near one of their clock changes, in years with and without laws of their own. */
const changes: readonly (readonly [zone: string, near: string])[] = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2007-03-11T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['America/St_Johns', '2026-03-08T05:30:00Z'],
  ['America/St_Johns', '2026-11-01T04:30:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Pacific/Chatham', '2026-04-04T14:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['America/Sao_Paulo', '2015-10-18T03:00:00Z'],
  ['America/Sao_Paulo', '2015-02-22T02:00:00Z'],
  ['Asia/Tehran', '2015-03-21T20:30:00Z'],
  ['Asia/Tehran', '2015-09-21T19:30:00Z'],
  ['Africa/Casablanca', '2020-04-19T02:00:00Z'],
  ['Africa/Casablanca', '2020-05-31T02:00:00Z'],
  ['America/Havana', '2026-11-01T05:00:00Z'],
  ['Asia/Kathmandu', '1985-12-31T18:30:00Z'],
  ['Asia/Tokyo', '2026-01-01T00:00:00Z'],
  ['Europe/Dublin', '1971-10-31T02:00:00Z'],
]

/** Opening and closing times that no change of these zones skips or repeats, so that minutes on the wall decide. */
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
)

const hours = fc.record({ week: fc.array(spans, { minLength: 7, maxLength: 7 }), closeTomorrow: fc.boolean() })

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

function engine({ zone, week, closed }: OracleHours): Calendar {
  const byDay = keys.map((key, day) => [
    key,
    (week[day] ?? []).map(([from, until]) => `${clock(from)}-${clock(until)}`),
  ])
  const calendar = calendarOf({ timezone: zone, hours: Object.fromEntries(byDay), holidays: [...closed] })
  if (!calendar) throw new Error('the hours make no sense')
  return calendar
}

const someCalendar = fc
  .tuple(fc.constantFrom(...changes), hours)
  .map(([[zone, near], { week, closeTomorrow }]): { oracle: OracleHours; near: number } => {
    const at = Date.parse(near) / 1000
    const closed = closeTomorrow ? [new Date((at + 86_400) * 1000).toISOString().slice(0, 10)] : []
    return { oracle: { zone, week, closed: new Set(closed) }, near: at }
  })

describe('a calendar', () => {
  test('agrees with a clock on the wall that is asked every minute, around clock changes in 12 zones and more', () => {
    const interval = fc.tuple(fc.integer({ min: -3000, max: 1500 }), fc.integer({ min: 0, max: 3000 }))
    fc.assert(
      fc.property(someCalendar, interval, ({ oracle, near }, [start, length]) => {
        const from = near + start * 60
        const until = from + length * 60
        expect(engine(oracle).elapsed(from, until)).toBe(openMinutes(oracle, from, until) * 60)
      }),
      { numRuns: 500 },
    )
  })

  const offset = fc.integer({ min: -40 * 86_400, max: 400 * 86_400 })

  test('adds up over a cut', () => {
    fc.assert(
      fc.property(someCalendar, offset, offset, offset, ({ oracle, near }, ...offsets) => {
        const [a = 0, b = 0, c = 0] = offsets.sort((x, y) => x - y).map((seconds) => near + seconds)
        const calendar = engine(oracle)
        expect(calendar.elapsed(a, b) + calendar.elapsed(b, c)).toBe(calendar.elapsed(a, c))
      }),
    )
  })

  test('has due as the inverse of elapsed, and the earliest', () => {
    fc.assert(
      fc.property(
        someCalendar,
        offset,
        fc.integer({ min: 1, max: 200 * 3600 }),
        ({ oracle, near }, seconds, target) => {
          const calendar = engine(oracle)
          const start = near + seconds
          const due = calendar.due(start, target)
          if (due === undefined) expect(oracle.week.every((spans) => spans.length === 0)).toBe(true)
          else expect([calendar.elapsed(start, due), calendar.elapsed(start, due - 1)]).toEqual([target, target - 1])
        },
      ),
    )
  })

  test('has stretches that tile the time, and whose open ones sum to elapsed', () => {
    fc.assert(
      fc.property(
        someCalendar,
        offset,
        fc.integer({ min: 1, max: 30 * 86_400 }),
        ({ oracle, near }, seconds, length) => {
          const calendar = engine(oracle)
          const [from, until] = [near + seconds, near + seconds + length]
          const stretches = calendar.stretches(from, until)
          expect(stretches.map((stretch) => stretch.from)).toEqual([
            from,
            ...stretches.slice(0, -1).map((s) => s.until),
          ])
          expect(stretches.at(-1)?.until).toBe(until)
          const open = stretches.filter(({ kind }) => kind === 'open').reduce((sum, s) => sum + s.until - s.from, 0)
          expect(open).toBe(calendar.elapsed(from, until))
        },
      ),
    )
  })

  test('that never closes counts every second', () => {
    fc.assert(
      fc.property(fc.constantFrom(...changes), offset, fc.nat(90 * 86_400), ([zone, near], seconds, length) => {
        const calendar = engine({ zone, week: keys.map(() => [[0, 1440]]), closed: new Set() })
        const from = Math.max(0, Date.parse(near) / 1000 + seconds)
        expect(calendar.elapsed(from, from + length)).toBe(always.elapsed(from, from + length))
      }),
    )
  })
})
