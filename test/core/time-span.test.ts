import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joined, overlap, type TimeSpan, uncovered } from '../../src/core/time-span.ts'

const span = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 }))
  .map(([from, length]): TimeSpan => ({ from, until: from + length }))

/** The whole seconds of stretches. */
function seconds(spans: readonly TimeSpan[]): ReadonlySet<number> {
  return new Set(spans.flatMap(({ from, until }) => Array.from({ length: until - from }, (_, index) => from + index)))
}

test('stretches that touch share nothing', () => {
  expect(overlap({ from: 1, until: 3 }, { from: 3, until: 5 })).toBeUndefined()
  expect(overlap({ from: 1, until: 4 }, { from: 3, until: 5 })).toEqual({ from: 3, until: 4 })
})

test('joined stretches hold the same seconds, apart from each other', () => {
  fc.assert(
    fc.property(fc.array(span), (spans) => {
      const result = joined(spans)
      expect(seconds(result)).toEqual(seconds(spans))
      for (const [index, { from }] of result.entries()) {
        if (index > 0) expect(from).toBeGreaterThan(result[index - 1]?.until ?? from)
      }
    }),
  )
})

test('what is not covered are the seconds that no other stretch holds', () => {
  fc.assert(
    fc.property(span, fc.array(span), (whole, others) => {
      const held = seconds(others)
      const expected = [...seconds([whole])].filter((second) => !held.has(second))
      expect([...seconds(uncovered(whole, others))]).toEqual(expected)
    }),
  )
})
