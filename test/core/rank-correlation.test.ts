import { describe, expect, test } from 'vitest'
import { laggedCorrelation, rankCorrelation, ranks } from '../../src/core/rank-correlation.ts'

describe("Spearman's rank correlation", () => {
  test('of the textbook example, IQ and hours of television, is -29/165', () => {
    const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    expect(rankCorrelation(iq, hours)).toBeCloseTo(-29 / 165, 12)
  })

  test('is 1, or -1 where one falls as the other rises, whatever the curve', () => {
    const hours = Array.from({ length: 40 }, (_, hour) => hour)
    expect(
      rankCorrelation(
        hours,
        hours.map((hour) => hour ** 3),
      ),
    ).toBeCloseTo(1, 12)
    expect(
      rankCorrelation(
        hours,
        hours.map((hour) => -hour),
      ),
    ).toBeCloseTo(-1, 12)
  })

  test('shares the ranks of what is equal', () => {
    expect(ranks([5, 1, 5, 9])).toEqual([2.5, 1, 2.5, 4])
  })

  test('is not told of what never changes', () => {
    expect(rankCorrelation([1, 2, 3], [7, 7, 7])).toBeUndefined()
  })
})

/** Numbers without a pattern, the same at every run. */
function scattered(count: number, seed: number): readonly number[] {
  let state = seed % 2_147_483_647
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647
    return state
  })
}

describe('two series', () => {
  const noise = scattered(120, 7)

  test('that move together at a lag are found at that lag, and closer than any rotation', () => {
    const later = [...scattered(2, 3), ...noise.slice(0, -2)]
    const found = laggedCorrelation(noise, later, 3)
    expect(found).toMatchObject({ lag: 2, n: 118 })
    expect(found?.rank).toBeCloseTo(1, 12)
    // 120 values, less the 6 rotations that lie within the lags, and the true position.
    expect(found?.p).toBeCloseTo(1 / 114, 12)
  })

  test('that have nothing to do with each other are found together about once in twenty times', () => {
    const pairs = Array.from({ length: 60 }, (_, seed) =>
      laggedCorrelation(scattered(80, 1000 + seed), scattered(80, 5000 + 7 * seed), 2),
    )
    expect(pairs.filter((found) => found && found.p < 0.05).length).toBeLessThanOrEqual(7)
    expect(pairs.filter((found) => found && found.p < 0.5).length).toBeGreaterThan(15)
  })

  test('that only share the rhythm of the week are not: other weeks fit as well', () => {
    const week = (day: number): number => (day % 7 === 4 ? 10 : day % 7)
    const days = Array.from({ length: 140 }, (_, day) => week(day))
    const found = laggedCorrelation(days, days, 0)
    expect(found?.rank).toBeCloseTo(1, 12)
    expect(found?.p).toBeCloseTo(20 / 140, 12)
  })

  test('are not held against each other where one never changes, or there is too little', () => {
    expect(laggedCorrelation(noise, Array(120).fill(5), 2)).toBeUndefined()
    expect(laggedCorrelation([1, 2, 3, 4], [1, 2, 3, 4], 1)).toBeUndefined()
  })

  test('of great length are rotated by even steps, a thousand times at most', () => {
    const long = scattered(5000, 11)
    expect(laggedCorrelation(long, long, 0)?.p).toBeGreaterThanOrEqual(1 / 1000)
    expect(laggedCorrelation(long, long, 0)?.p).toBeLessThan(1 / 700)
  })
})
