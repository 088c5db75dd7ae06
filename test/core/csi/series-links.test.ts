import { describe, expect, test } from 'vitest'
import { seriesLinks } from '../../../src/core/csi/series-links.ts'
import type { IncidentFacts } from '../../../src/core/report.ts'
import type { Series } from '../../../src/core/series.ts'
import { at, record } from '../../reports/web-shop.ts'
import { basis, onDay, opened } from './shop.ts'

const days = 89
/** A value for each day that follows no rhythm. */
const load = Array.from({ length: days }, (_, day) => ((day * 7919) % 97) + ((day * 31) % 13))

function series(columns: readonly string[], row: (day: number) => readonly number[]): Series {
  const points = Array.from({ length: days }, (_, day) => ({ at: at(onDay(day, 6)), values: row(day) }))
  return { file: 'records/measurement/load.csv', columns, points }
}

function links(given: Series, incidents: readonly IncidentFacts[], service = 'webshop') {
  const measurement = record('measurement', 'load', { title: 'Load', service })
  return seriesLinks(
    basis({
      period: '2026-03',
      since: '2026-01-01T00:00',
      incidents,
      improving: { measurements: [measurement], series: new Map([['load', given]]) },
    }),
  )
}

/** An incident on the day after each day of high load. */
const dayAfter = load.flatMap((value, day) => (value > 60 ? [opened(`INC-${day}`, onDay(day + 1, 9))] : []))

describe('what moves with a series', () => {
  test('are the incidents of its service, the day after', () => {
    const { found, tested } = links(
      series(['value'], (day) => [load[day] ?? 0]),
      dayAfter,
    )
    expect(tested).toBe(1)
    expect(found).toMatchObject([{ column: 'value', other: null, lag: 1, step: 86_400, told: true, against: false }])
  })

  test('are not the incidents of another service', () => {
    const elsewhere = dayAfter.map((each) => ({ ...each, data: { ...each.data, service: 'mail' } }))
    const { found } = links(
      series(['value'], (day) => [load[day] ?? 0]),
      elsewhere.map((each) => ({
        ...each,
        moments: each.moments.map((m) => ({ ...m, data: { ...m.data, service: 'mail' } })),
      })),
    )
    expect(found.filter(({ told }) => told)).toEqual([])
  })

  test('is another column of it, against which it may move, with a lag in its own steps', () => {
    const { found } = links(
      series(['value', 'free'], (day) => [load[day] ?? 0, -(load[Math.max(0, day - 2)] ?? 0)]),
      [],
    )
    expect(found.find(({ other }) => other === 'free')).toMatchObject({
      lag: 2,
      told: true,
      against: true,
      step: 86_400,
    })
  })

  test('is not told from fewer than thirty values', () => {
    const short = series(['value', 'x'], (day) => [load[day] ?? 0, load[day] ?? 0])
    expect(links({ ...short, points: short.points.slice(0, 29) }, dayAfter)).toMatchObject({ tested: 0, found: [] })
  })
})
