import { describe, expect, test } from 'vitest'
import { skewText } from '../../src/core/recording-skew.ts'

describe('skew in words', () => {
  test('tells the farthest of each side, and nothing where there is none', () => {
    expect(skewText([60, null, 7_200, -30])).toBe(
      'Steps were recorded up to 2 h after their declared time, and up to 30 s before it',
    )
    expect(skewText([-30, null])).toBe('Steps were recorded up to 30 s before their declared time')
    expect(skewText([0, null])).toBeUndefined()
  })

  test('of more clocks than a function takes arguments', () => {
    const skews = Array.from({ length: 300_000 }, (_, at) => at % 61)
    expect(skewText(skews)).toBe('Steps were recorded up to 1 min after their declared time')
  })
})
