import { describe, expect, test } from 'vitest'
import { rhythmOf } from '../../../src/core/csi/rhythm.ts'
import type { IncidentFacts } from '../../../src/core/report.ts'
import { basis, onDay, opened } from './shop.ts'

/** Two incidents each working day, at nine and at noon; 1 January 2026 is a Thursday. */
const usual: readonly IncidentFacts[] = Array.from({ length: 150 }, (_, day) => day)
  .filter((day) => ![2, 3].includes(day % 7))
  .flatMap((day) => [opened(`INC-A${day}`, onDay(day, 9)), opened(`INC-B${day}`, onDay(day, 12))])

/** The given number of further incidents on each Friday evening of some weeks. */
function fridays(from: number, until: number, count: number): readonly IncidentFacts[] {
  return Array.from({ length: until - from }, (_, week) => from + week).flatMap((week) =>
    Array.from({ length: count }, (_, index) =>
      opened(`INC-F${week}-${index}`, onDay(1 + week * 7, 19, index), { category: 'capacity', service: 'webshop' }),
    ),
  )
}

describe('the rhythm of the week', () => {
  const given = { period: '2026-05', since: '2026-01-01T00:00' }

  test('names Friday evenings that neither Fridays nor evenings explain', () => {
    const { peaks, told, tested } = rhythmOf(basis({ ...given, incidents: [...usual, ...fridays(0, 21, 2)] }))
    expect(told).toBe(true)
    expect(tested).toBeGreaterThan(0)
    expect(peaks[0]).toMatchObject({ weekday: 'Friday', part: 'evening', from: 18, until: 24, expected: 0 })
    expect(peaks[0]?.here.count).toBe(42)
    expect(peaks[0]?.category).toEqual({ name: 'capacity', share: { count: 42, n: 42 } })
    expect(peaks[0]?.p).toBeLessThan(0.001)
  })

  test('makes no peak of working hours', () => {
    expect(rhythmOf(basis({ ...given, incidents: usual })).peaks).toEqual([])
  })

  test('says that it became less in the period, or that it did not', () => {
    const fewer = rhythmOf(basis({ ...given, incidents: [...usual, ...fridays(0, 16, 4)] })).peaks[0]
    expect(fewer).toMatchObject({ change: 'fewer', now: { count: 0 }, earlier: { count: 64 } })
    const same = rhythmOf(basis({ ...given, incidents: [...usual, ...fridays(0, 21, 4)] })).peaks[0]
    expect(same).toMatchObject({ change: 'same' })
  })

  test('asks the latest period that can tell where a running one is too short to', () => {
    const incidents = [...usual, ...fridays(0, 16, 4), opened('INC-L', onDay(151, 9))]
    const [peak] = rhythmOf(basis({ ...given, period: '2026-06', asOf: '2026-06-02T00:00', incidents })).peaks
    expect(peak).toMatchObject({ change: 'untested', now: { n: 1 }, lately: { change: 'fewer', period: 'May 2026' } })
    const first = rhythmOf(basis({ ...given, incidents: [...usual, ...fridays(0, 16, 4)] })).peaks[0]
    expect(first).toMatchObject({ change: 'fewer', lately: null })
  })

  test('reads the clock of the zone', () => {
    const incidents = [...usual, ...fridays(0, 21, 2)]
    const [peak] = rhythmOf(basis({ ...given, zone: 'Asia/Tokyo', incidents })).peaks
    expect(peak).toMatchObject({ weekday: 'Saturday', part: 'night' })
  })

  test('is not told from less than two weeks', () => {
    const short = { ...given, period: '2026-01', asOf: '2026-01-13T00:00' }
    expect(rhythmOf(basis({ ...short, incidents: usual.slice(0, 16) }))).toMatchObject({ told: false, peaks: [] })
  })

  test('counts by the clock on the wall, also on the day that it is moved', () => {
    const instants = [
      '2026-03-28T01:30',
      '2026-03-29T00:30',
      '2026-03-29T01:30',
      '2026-03-29T10:00',
      '2026-03-30T10:00',
    ]
    const incidents = instants.map((instant, index) => opened(`INC-${index}`, instant))
    const { counts } = rhythmOf(basis({ ...given, period: '2026-03', zone: 'Europe/Berlin', incidents }))
    const found = counts.flatMap((hours, day) => hours.flatMap((count, hour) => (count > 0 ? [[day, hour]] : [])))
    expect(found).toEqual([
      [0, 12],
      [5, 2],
      [6, 1],
      [6, 3],
      [6, 12],
    ])
  })
})
