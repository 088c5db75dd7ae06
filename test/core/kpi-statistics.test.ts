import { describe, expect, test } from 'vitest'
import { fisherExact, holm, mannWhitney, naturalLimits } from '../../src/core/kpi-statistics.ts'

describe("Fisher's exact test", () => {
  // A lady tastes tea: 3 of 4 against 1 of 4. The probabilities are 1/70, 16/70, 36/70, 16/70, 1/70.
  test('of the lady tasting tea gives 34 in 70', () => {
    expect(fisherExact({ count: 3, n: 4 }, { count: 1, n: 4 })).toBeCloseTo(34 / 70, 10)
    expect(fisherExact({ count: 4, n: 4 }, { count: 0, n: 4 })).toBeCloseTo(2 / 70, 10)
  })

  test('does not mind which group comes first', () => {
    const [a, b] = [
      { count: 7, n: 31 },
      { count: 19, n: 40 },
    ]
    expect(fisherExact(a, b)).toBeCloseTo(fisherExact(b, a), 12)
  })

  test('finds nothing where both shares are alike', () => {
    expect(fisherExact({ count: 50, n: 100 }, { count: 500, n: 1000 })).toBeCloseTo(1, 9)
    expect(fisherExact({ count: 0, n: 10 }, { count: 0, n: 0 })).toBe(1)
  })

  test('counts every table once, however large', () => {
    expect(fisherExact({ count: 900, n: 1000 }, { count: 950, n: 1000 })).toBeGreaterThan(1e-6)
    expect(fisherExact({ count: 900, n: 1000 }, { count: 950, n: 1000 })).toBeLessThan(1e-4)
  })
})

describe('the Mann–Whitney test', () => {
  const ten = Array.from({ length: 10 }, (_, index) => index + 1)

  test('finds two groups that do not overlap different', () => {
    // U = 0, mean 50, deviation sqrt(175): z = 49.5 / 13.2288 = 3.7418, p = 0.000183
    expect(
      mannWhitney(
        ten,
        ten.map((value) => value + 100),
      ),
    ).toBeCloseTo(0.000183, 5)
  })

  test('finds nothing between a group and itself', () => {
    expect(mannWhitney(ten, ten)).toBeGreaterThan(0.99)
  })

  test('corrects for ties', () => {
    // Ranks 2.5 (1, 1, 1, 1), 6.5 (2 × 4), 12.5 (3 × 8): rank sum 62, U 26, ties 60 + 60 + 504, z = 5.5 / sqrt(76.8)
    const p = mannWhitney([1, 1, 2, 2, 2, 3, 3, 3], [1, 1, 2, 3, 3, 3, 3, 3])
    expect(p).toBeCloseTo(0.5303, 4)
  })

  test('has nothing to say of values that are all equal', () => {
    expect(mannWhitney(Array(9).fill(5), Array(9).fill(5))).toBeUndefined()
  })

  test('says nothing with too few values', () => {
    expect(mannWhitney(ten, [1, 2, 3])).toBeUndefined()
    expect(mannWhitney([], ten)).toBeUndefined()
  })
})

test('Holm makes the strictest demand of the smallest probability, and keeps their order', () => {
  expect(holm([0.04, 0.01, 0.03])).toEqual([0.06, 0.03, 0.06])
  expect(holm([0.9, 0.6])).toEqual([1, 1])
  expect(holm([])).toEqual([])
})

describe('natural limits', () => {
  test('lie 2.66 mean steps around the mean', () => {
    // mean 12, steps 4 4 4 4 4
    expect(naturalLimits([10, 14, 10, 14, 10, 14])).toEqual({ low: 12 - 10.64, high: 12 + 10.64 })
  })

  test('never go below nothing', () => {
    expect(naturalLimits([0, 9, 0, 9, 0, 9])?.low).toBe(0)
  })

  test('are not drawn from a short series', () => {
    expect(naturalLimits([1, 2, 3, 4, 5])).toBeUndefined()
  })
})
