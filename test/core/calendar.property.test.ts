import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { always } from '../../src/core/calendar.ts'
import { calendarWith, clockChanges, compareWithOracle, someHours } from '../support/calendar-oracle.ts'
import { otherZones, runInZone } from '../support/in-zone.ts'
import { instant } from '../support/life.ts'

const everyDay = Array.from({ length: 7 }, () => [[0, 1440]] as const)

/** The hours of zone time at an instant, without a date library. */
function wallTime(zone: string, at: number): string {
  return new Date(at * 1000).toLocaleString('sv-SE', { timeZone: zone })
}

describe('a clock on the wall that is asked every minute', () => {
  const seed = 20_261_121

  test('is asked around changes that did happen', () => {
    for (const [zone, at] of clockChanges) {
      const change = instant(at)
      const shown = [change - 1, change].map((each) => Date.parse(`${wallTime(zone, each)}Z`) / 1000)
      expect((shown[1] ?? 0) - (shown[0] ?? 0), `${zone} at ${at}`).not.toBe(1)
    }
  })

  test('agrees with the calendar on 5,000 intervals across more than 20 changes in more than 12 zones', () => {
    expect(compareWithOracle(5000, seed)).toEqual({ intervals: 5000, zones: 13, changes: 24 })
  })

  test.each(otherZones)('agrees on a machine in %s', (zone) => {
    const script = `
      import { compareWithOracle } from './calendar-oracle.ts'
      const result = () => compareWithOracle(1000, ${seed + 1})`
    expect(runInZone(zone, script)).toEqual({ zone, result: { intervals: 1000, zones: 13, changes: 24 } })
  })
})

describe('a calendar', () => {
  const offset = fc.integer({ min: -40 * 86_400, max: 400 * 86_400 })

  test('adds up over a cut', () => {
    fc.assert(
      fc.property(someHours, offset, offset, offset, ({ oracle, change }, ...offsets) => {
        const [a = 0, b = 0, c = 0] = offsets.sort((x, y) => x - y).map((seconds) => change + seconds)
        const calendar = calendarWith(oracle)
        expect(calendar.elapsed(a, b) + calendar.elapsed(b, c)).toBe(calendar.elapsed(a, c))
      }),
    )
  })

  test('has due as the inverse of elapsed, and the earliest', () => {
    fc.assert(
      fc.property(someHours, offset, fc.integer({ min: 1, max: 200 * 3600 }), ({ oracle, change }, seconds, target) => {
        const calendar = calendarWith(oracle)
        const start = change + seconds
        const due = calendar.due(start, target)
        if (due === undefined) expect(oracle.week.every((spans) => spans.length === 0)).toBe(true)
        else expect([calendar.elapsed(start, due), calendar.elapsed(start, due - 1)]).toEqual([target, target - 1])
      }),
    )
  })

  test('has stretches that tile the time, and whose open ones sum to elapsed', () => {
    fc.assert(
      fc.property(
        someHours,
        offset,
        fc.integer({ min: 1, max: 30 * 86_400 }),
        ({ oracle, change }, seconds, length) => {
          const calendar = calendarWith(oracle)
          const [from, until] = [change + seconds, change + seconds + length]
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
      fc.property(fc.constantFrom(...clockChanges), offset, fc.nat(90 * 86_400), ([zone, at], seconds, length) => {
        const calendar = calendarWith({ zone, week: everyDay, closed: new Set() })
        const from = Math.max(0, instant(at) + seconds)
        expect(calendar.elapsed(from, from + length)).toBe(always.elapsed(from, from + length))
      }),
    )
  })
})
