import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { effectiveTimes } from '../../src/core/mainline.ts'

describe('effective times of mainline commits', () => {
  test('honest times stand', () => {
    expect(effectiveTimes([10, 20, 30, 30, 40])).toEqual([10, 20, 30, 30, 40])
  })

  test('a commit dated in the future takes the time of its parent and poisons nothing', () => {
    expect(effectiveTimes([10, 20, 9_000, 30, 40, 50, 60])).toEqual([10, 20, 20, 30, 40, 50, 60])
  })

  test('one honest commit after it is enough to find a future date', () => {
    expect(effectiveTimes([10, 9_000, 30])).toEqual([10, 10, 30])
  })

  test('a future date at the tip cannot be told from an honest one', () => {
    expect(effectiveTimes([10, 20, 9_000])).toEqual([10, 20, 9_000])
  })

  test('a commit dated in the past counts as made when its parent was', () => {
    expect(effectiveTimes([10, 20, 5, 40, 50, 60])).toEqual([10, 20, 20, 40, 50, 60])
  })

  test('one commit dated in the past does not make its parent invalid when others follow', () => {
    expect(effectiveTimes([100, 200, 5, 300, 400])).toEqual([100, 200, 200, 300, 400])
  })

  test('two future dates in a row are both found', () => {
    expect(effectiveTimes([10, 9_000, 9_001, 30, 40, 50, 60, 70])).toEqual([10, 10, 10, 30, 40, 50, 60, 70])
  })

  test('a root dated in the future takes the earliest time of its witnesses', () => {
    expect(effectiveTimes([9_000, 30, 40])).toEqual([30, 30, 40])
  })

  test('effective times never run backwards and times that never do stand as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000 })), (claimed) => {
        const effective = effectiveTimes(claimed)
        expect(effective).toEqual(effective.toSorted((a, b) => a - b))
        const honest = claimed.toSorted((a, b) => a - b)
        expect(effectiveTimes(honest)).toEqual(honest)
      }),
    )
  })
})
