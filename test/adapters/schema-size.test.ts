import { expect, test } from 'vitest'
import { expandedSize, largestExpansion } from '../../src/adapters/schema-size.ts'
import type { Data } from '../../src/core/record.ts'
import { shippedFiles, shippedTypes } from '../support/shipped.ts'

function sizeOf(schema: Data): number {
  return expandedSize(new Map([['s.json', schema]]), { file: 's.json', schema })
}

/** Definitions that each try the one before twice: small to write, endless to judge. */
function doubling(levels: number): Data {
  const twice = (level: number) => ({ anyOf: [{ $ref: `#/$defs/a${level}` }, { $ref: `#/$defs/a${level}` }] })
  const definitions = Array.from({ length: levels }, (_, level) => [`a${level + 1}`, twice(level)])
  return { $defs: { a0: { type: 'number' }, ...Object.fromEntries(definitions) }, $ref: `#/$defs/a${levels}` }
}

test('every reference counts with what it leads to', () => {
  expect(sizeOf({ properties: { a: { type: 'string' } } })).toBe(3)
  expect(sizeOf(doubling(1))).toBe(6)
  expect(sizeOf(doubling(2))).toBeGreaterThan(2 * sizeOf(doubling(1)))
})

test('an expansion without bounds is told at once', () => {
  expect(sizeOf(doubling(60))).toBe(largestExpansion + 1)
})

test('a schema that refers to itself ends', () => {
  expect(sizeOf({ properties: { child: { $ref: '#' } } })).toBeLessThan(10)
})

test('the shipped schemas are far from the limit', () => {
  const files = new Map(
    shippedFiles
      .filter(({ path }) => path.endsWith('.json'))
      .map(({ path, bytes }) => [path, JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array()))]),
  )
  for (const type of shippedTypes) {
    const file = `schemas/${type}/schema.json`
    expect(expandedSize(files, { file, schema: files.get(file) })).toBeLessThan(largestExpansion / 20)
  }
})
