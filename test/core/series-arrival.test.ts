import { expect, test } from 'vitest'
import type { Series } from '../../src/core/series.ts'
import { arrivedBy } from '../../src/core/series-arrival.ts'

const series = (columns: readonly string[], points: readonly (readonly [number, ...(number | null)[]])[]): Series => ({
  file: 'records/measurement/load.csv',
  columns,
  points: points.map(([at, ...values]) => ({ at, values })),
})

test('values that were recorded when their period was over count', () => {
  const since = series(['value'], [[10, 1], [20, 2], [30, 3]]) // biome-ignore format: a table
  expect(arrivedBy(25, series(['value'], [[10, 1]]), since)).toEqual(series(['value'], [[10, 1], [20, 2]])) // biome-ignore format: a table
  expect(arrivedBy(25, undefined, since)).toEqual(series(['value'], [[10, 1], [20, 2]])) // biome-ignore format: a table
})

test('what had been recorded stands, edited or removed', () => {
  const recorded = series(['value'], [[10, 1], [20, 2]]) // biome-ignore format: a table
  expect(arrivedBy(25, recorded, series(['value'], [[10, 9]]))).toEqual(recorded)
})

test('columns are told apart by name, and a cell left empty may be filled later', () => {
  const recorded = series(['value', 'sessions'], [[10, 1, null], [20, 2, 7]]) // biome-ignore format: a table
  const since = series(['value', 'errors', 'sessions'], [[10, 9, 5, 6], [20, 9, null, 8]]) // biome-ignore format: a table
  expect(arrivedBy(25, recorded, since)).toEqual(
    series(['value', 'errors', 'sessions'], [[10, 1, 5, 6], [20, 2, null, 7]]), // biome-ignore format: a table
  )
})
