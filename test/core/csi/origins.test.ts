import { describe, expect, test } from 'vitest'
import { paretoOf, shiftsOf } from '../../../src/core/csi/origins.ts'
import type { Data } from '../../../src/core/record.ts'
import type { IncidentFacts } from '../../../src/core/report.ts'
import { basis, onDay, opened } from './shop.ts'

function several(count: number, day: number, fields: Data, id: string): readonly IncidentFacts[] {
  return Array.from({ length: count }, (_, index) => opened(`INC-${id}-${index}`, onDay(day, 8, index), fields))
}

describe('where incidents come from', () => {
  const march = (incidents: readonly IncidentFacts[]) =>
    basis({ period: '2026-03', since: '2026-01-01T00:00', incidents }).now.opened

  test('is counted once an incident, the most first, with the share that they make together', () => {
    const incidents = [
      ...several(6, 60, { category: 'capacity' }, 'A'),
      ...several(3, 61, { category: 'mail' }, 'B'),
      ...several(1, 62, { category: 'data' }, 'C'),
      ...several(2, 63, { category: ' ' }, 'D'),
    ]
    const { rows, n, opened: all, vitalFew } = paretoOf('category', march(incidents))
    expect({ n, all, vitalFew }).toEqual({ n: 10, all: 12, vitalFew: 2 })
    expect(rows.map(({ values, count, cumulative }) => [values, count, cumulative.count])).toEqual([
      [['capacity'], 6, 6],
      [['mail'], 3, 9],
      [['data'], 1, 10],
    ])
  })

  test('puts CIs that the very same incidents name into one row, and counts no incident twice', () => {
    const incidents = [
      ...several(4, 60, { cis: ['web-1', 'web-2'] }, 'A'),
      ...several(3, 61, { cis: ['db-1', 'cache-1'] }, 'B'),
      ...several(1, 62, { cis: ['db-1'] }, 'C'),
    ]
    const { rows, n } = paretoOf('ci', march(incidents))
    expect(n).toBe(8)
    expect(rows.map(({ values, count, cumulative }) => [values, count, cumulative.count])).toEqual([
      [['db-1'], 4, 4],
      [['web-1', 'web-2'], 4, 8],
      [['cache-1'], 3, 8],
    ])
  })

  test('has no data where no incident names one', () => {
    expect(paretoOf('ci', march(several(3, 60, {}, 'A')))).toMatchObject({ n: 0, rows: [], vitalFew: 0 })
  })
})

describe('a share that has changed', () => {
  const given = (now: number) =>
    shiftsOf(
      basis({
        period: '2026-03',
        since: '2025-12-01T00:00',
        incidents: [
          ...several(20, 5, { category: 'capacity' }, 'A'),
          ...several(20, 40, { category: 'mail' }, 'B'),
          ...several(now, 61, { category: 'capacity' }, 'C'),
          ...several(20 - now, 62, { category: 'mail' }, 'D'),
        ],
      }),
    )

  test('is found with the way that it went', () => {
    expect(given(19).found).toMatchObject([
      { by: 'category', values: ['capacity'], rose: true, now: { count: 19, n: 20 }, earlier: { count: 20, n: 40 } },
      { by: 'category', values: ['mail'], rose: false },
    ])
    expect(given(1).found).toMatchObject([{ values: ['capacity'], rose: false }, { values: ['mail'] }])
  })

  test('is not where chance suffices, and the number of questions is told', () => {
    const { found, tested } = given(10)
    expect(found).toEqual([])
    expect(tested).toBe(2)
  })
})
