import { expect, test } from 'vitest'
import { ageingOf } from '../../../src/core/csi/ageing.ts'
import { basis, onDay, opened } from './shop.ts'

/** Open incidents of so many whole days, on 1 April. */
function aged(days: readonly number[], since = '2026-01-01T00:00') {
  const incidents = days.map((age) => opened(`INC-${age}`, onDay(90 - age, 0), {}, true))
  return ageingOf(basis({ period: '2026-03', since, incidents }))
}

test('what is open is sorted by age, at the edges of the buckets, beside the period before', () => {
  const { n, buckets, old, oldest } = aged([1, 2, 5, 6, 10, 11, 30, 31, 60])
  expect(n).toBe(9)
  expect(buckets.map(({ count }) => count)).toEqual([1, 2, 2, 2, 2])
  // At the end of February those of 31 and 60 days were 0 and 29 days old.
  expect(buckets.map(({ before }) => before)).toEqual([0, 0, 0, 1, 0])
  expect(old).toEqual({ count: 2, n: 9 })
  expect(oldest.map(({ incident }) => incident.id)).toEqual(['INC-60', 'INC-31', 'INC-30'])
})

test('what the history does not cover is not compared with', () => {
  expect(aged([3], '2026-02-10T00:00').buckets.map(({ before }) => before)).toEqual([null, null, null, null, null])
})
