import { describe, expect, test } from 'vitest'
import { durationText, percentText, shareOf, spreadOf } from '../../src/core/kpi-figure.ts'

describe('a spread', () => {
  test('of nothing has no figures', () => {
    expect(spreadOf([])).toEqual({ n: 0, mean: null, median: null, p90: null })
  })

  test('of one value is that value', () => {
    expect(spreadOf([7])).toEqual({ n: 1, mean: 7, median: 7, p90: 7 })
  })

  test('takes the middle value of an odd number and the mean of the middle two of an even one', () => {
    expect(spreadOf([9, 1, 2]).median).toBe(2)
    expect(spreadOf([9, 1, 2, 4]).median).toBe(3)
  })

  test('has a 90th percentile that occurred', () => {
    expect(spreadOf([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]).p90).toBe(90)
    expect(spreadOf([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110]).p90).toBe(100)
  })
})

describe('a share in percent', () => {
  test.each([
    [0, 0, 'no data'],
    [0, 5, '0 %'],
    [5, 5, '100 %'],
    [1, 3, '33 %'],
    [999, 1000, '99.9 %'],
    [9999, 10_000, 'over 99.9 %'],
    [299, 300, 'over 99 %'],
    [1, 300, 'under 1 %'],
    [1, 10_000, 'under 0.1 %'],
    [500, 1000, '50 %'],
  ])('%i of %i reads %s', (count, n, text) => {
    expect(percentText({ count, n })).toBe(text)
  })

  test('counts what holds', () => {
    expect(shareOf([1, 2, 3, 4], (value) => value > 3)).toEqual({ count: 1, n: 4 })
  })
})

test.each([
  [null, 'no data'],
  [0, '0 s'],
  [59.6, '1 min'],
  [3599, '59 min 59 s'],
  [3629.5, '1 h'],
  [90_060, '1 d 1 h'],
  [172_799.6, '1 d 23 h'],
])('%s seconds read %s', (length, text) => {
  expect(durationText(length)).toBe(text)
})
