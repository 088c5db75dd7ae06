import { describe, expect, test } from 'vitest'
import { binomialAtMost, poissonBinomialAtLeast } from '../../../src/core/csi/binomial.ts'

describe('the binomial test', () => {
  test('gives what counting on paper gives', () => {
    expect(binomialAtMost(0, 3, 0.5)).toBeCloseTo(1 / 8, 12)
    expect(binomialAtMost(1, 4, 0.25)).toBeCloseTo(0.75 ** 4 + 4 * 0.25 * 0.75 ** 3, 12)
    expect(binomialAtMost(14, 15, 0.95)).toBeCloseTo(1 - 0.95 ** 15, 12)
  })

  test('holds for many cases: 183 of 200 at 95 %, and 15 of 21', () => {
    // Summed with exact binomial coefficients.
    expect(binomialAtMost(183, 200, 0.95)).toBeCloseTo(0.023799459747, 9)
    expect(binomialAtMost(15, 21, 0.95)).toBeCloseTo(0.000441526625034, 12)
  })

  test('is certain at the ends', () => {
    expect(binomialAtMost(7, 7, 0.9)).toBe(1)
    expect(binomialAtMost(3, 7, 0)).toBe(1)
    expect(binomialAtMost(6, 7, 1)).toBe(0)
  })
})

/** Adds up every way in which the cases can come out. */
function enumerated(count: number, probabilities: readonly number[]): number {
  let sum = 0
  for (let ways = 0; ways < 2 ** probabilities.length; ways++) {
    const held = probabilities.filter((_, index) => (ways >> index) % 2 === 1).length
    if (held < count) continue
    sum += probabilities.reduce((all, p, index) => all * ((ways >> index) % 2 === 1 ? p : 1 - p), 1)
  }
  return sum
}

describe('the Poisson binomial test', () => {
  const chances = [0.5, 0.2, 0.1, 0.9, 0.05, 0, 1]

  test.each([1, 2, 3, 4, 5, 6, 7])('gives for at least %i what all ways together give', (count) => {
    expect(poissonBinomialAtLeast(count, chances)).toBeCloseTo(enumerated(count, chances), 12)
  })

  test('is the binomial test where all chances are alike', () => {
    const alike = Array.from({ length: 30 }, () => 0.1)
    expect(poissonBinomialAtLeast(6, alike)).toBeCloseTo(1 - binomialAtMost(5, 30, 0.1), 12)
  })

  test('is certain of nothing or more, and sure of no more than there are', () => {
    expect(poissonBinomialAtLeast(0, [])).toBe(1)
    expect(poissonBinomialAtLeast(1, [])).toBe(0)
  })
})
