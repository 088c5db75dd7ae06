import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexIntervals } from '../../src/core/interval-index.ts'

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 25 }))
  .map(([from, length]) => ({ from, until: from + length }))

test('an index finds what a search through everything finds, in order of begin', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 40 }), span, (spans, asked) => {
      const index = indexIntervals(spans)
      const expected = spans
        .toSorted((a, b) => a.from - b.from)
        .filter(({ from, until }) => from < asked.until && until > asked.from)
      expect(index.overlapping(asked)).toEqual(expected)
      expect(index.all).toEqual(spans.toSorted((a, b) => a.from - b.from))
    }),
  )
})
