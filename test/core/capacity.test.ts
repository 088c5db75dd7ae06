import { describe, expect, test } from 'vitest'
import { capacityReadings } from '../../src/core/capacity.ts'
import type { Series } from '../../src/core/series.ts'

const load: Series = {
  file: 'records/measurement/load.csv',
  columns: ['value', 'sessions'],
  points: [
    { at: 99, values: [900, 1] },
    { at: 100, values: [50, null] },
    { at: 110, values: [80, 12] },
    { at: 120, values: [81, 12] },
    { at: 130, values: [81, 3] },
    { at: 199, values: [10, 7] },
    { at: 200, values: [1000, 0] },
  ],
}

const span = { from: 100, until: 200 }

function read(limit: object, within = span) {
  const services = [{ type: 'service', id: 'shop', file: 'records/service/shop.yaml', data: { capacity: [limit] } }]
  const measurements = [
    { type: 'measurement', id: 'load', file: 'records/measurement/load.yaml', data: { id: 'load', unit: '%' } },
  ]
  return capacityReadings({ services, measurements, series: new Map([['load', load]]) }, within)
}

describe('what was measured against a limit', () => {
  test('a value equal to the threshold is not above it; the end of the period is outside, its beginning inside', () => {
    expect(read({ measurement: 'load', threshold: 80, note: 'Buy more\n' })).toEqual([
      {
        service: 'shop',
        measurement: 'load',
        series: 'value',
        threshold: 80,
        direction: 'above',
        note: 'Buy more\n',
        unit: '%',
        beyond: { count: 2, n: 5 },
        peak: { value: 81, at: 120 },
      },
    ])
  })

  test('below turns the comparison and the peak round, and a value equal to the threshold is not below it', () => {
    expect(read({ measurement: 'load', threshold: 50, direction: 'below' })).toMatchObject([
      { direction: 'below', beyond: { count: 1, n: 5 }, peak: { value: 10, at: 199 } },
    ])
  })

  test('another column counts its own values, of a unit that nobody told; empty cells are none', () => {
    const [reading] = read({ measurement: 'load', series: 'sessions', threshold: 11.5 })
    expect(reading).toMatchObject({ beyond: { count: 2, n: 4 }, peak: { value: 12, at: 110 } })
    expect(reading).not.toHaveProperty('unit')
  })

  test('no value beyond the threshold is a share of nothing, with a peak', () => {
    expect(read({ measurement: 'load', threshold: 500 })).toMatchObject([
      { beyond: { count: 0, n: 5 }, peak: { value: 81, at: 120 } },
    ])
  })

  test('no values in the period are no data, and no peak', () => {
    const [reading] = read({ measurement: 'load', threshold: 80 }, { from: 201, until: 300 })
    expect(reading).toMatchObject({ beyond: { count: 0, n: 0 } })
    expect(reading).not.toHaveProperty('peak')
  })

  test.each([
    [{ measurement: 'lod', threshold: 1 }, 'there are no values of lod'],
    [{ measurement: 'load', series: 'users', threshold: 1 }, 'load has no column users'],
  ])('what cannot be read says why: %j', (limit, gap) => {
    expect(read(limit)).toMatchObject([{ beyond: { count: 0, n: 0 }, gap }])
  })
})
