import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linearPattern } from '../../src/adapters/linear-pattern.ts'
import { shippedFiles } from '../support/shipped.ts'

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    'é',
    '👩',
    '.',
    '[ab]',
    '[^a]',
    '[\\]a-]',
    '\\d',
    '\\w',
    '\\S',
    '\\.',
    '\\p{L}',
    '\\u0061',
    '\\u{1F469}',
  ],
  ...['^', '$', '\\b', '(?=a)', '(?!b)', '(?!(ab|b)(a|$))', '-', '/', ''],
)
const written: fc.Arbitrary<string> = fc.letrec<{ part: string }>((tie) => ({
  part: fc.oneof(
    // Deeper ones keep the engine that they are held against busy for minutes.
    { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
    atom,
    fc
      .tuple(
        fc.constantFrom('(', '(?:'),
        fc.array(tie('part'), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('|', ''),
        fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '+?'),
      )
      .map(([open, parts, between, times]) => `${open}${parts.join(between)})${times}`),
  ),
})).part
const patterns = fc.array(written, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '👩', '1', '.', '-', '/', ' ', '\n', '\ud83d'),
  maxLength: 6,
})

test('a pattern matched in linear time matches what the engine of the language matches', () => {
  let read = 0
  fc.assert(
    fc.property(patterns, text, (source, given) => {
      const linear = linearPattern(source)
      if (!linear) return
      read += 1
      expect([source, given, linear(given)]).toEqual([source, given, new RegExp(source, 'u').test(given)])
    }),
    { numRuns: 5_000 },
  )
  expect(read).toBeGreaterThan(4_500)
})

test('the patterns of all shipped schemas are matched so', () => {
  const sources = shippedFiles
    .filter(({ path }) => path.endsWith('.json'))
    .flatMap(({ bytes }) => [
      ...new TextDecoder().decode(bytes ?? undefined).matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g),
    ])
    .map(([, quoted = '""']) => String(JSON.parse(quoted)))
  expect(sources.length).toBeGreaterThan(20)
  expect(sources.filter((source) => !linearPattern(source))).toEqual([])
})

describe('patterns that keep a backtracking engine busy for ever are told at once', () => {
  const hostile = ['^(a|a)*$', '^(a+)+$', '^(a*)*b$', '(.*a){20}$', '^(([a-z])+.)+[A-Z]([a-z])+$', '^(a?){30}a{30}$']
  for (const source of hostile) {
    test(source, () => {
      const linear = linearPattern(source)
      expect(linear?.(`${'a'.repeat(50_000)}!`)).toBe(false)
    })
  }
})

test.each(['(a)\\1', '(?<=a)b', '(?<name>a)', '(?=.*a)b', 'a{501}', '\\B'])('%s is left to another', (source) => {
  expect(linearPattern(source)).toBeUndefined()
})
