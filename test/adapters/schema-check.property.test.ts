import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { schemaChecks } from '../../src/adapters/schema-check.ts'
import { acceptingCompiler, proveByDialect } from '../../src/adapters/schema-compiler.ts'
import type { SchemaFiles } from '../../src/adapters/schema-route.ts'
import { Fault } from '../../src/core/fault.ts'
import { type Data, isData } from '../../src/core/record.ts'
import { shippedFiles, shippedRecords } from '../support/shipped.ts'

const shippedSchemas: SchemaFiles = new Map(
  shippedFiles
    .filter(({ path }) => path.startsWith('schemas/') && path.endsWith('.json'))
    .map(({ path, bytes }) => [path, JSON.parse(new TextDecoder().decode(bytes))]),
)

const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, 1, 1.5, -3, 1e21, Number.NaN, Number.POSITIVE_INFINITY, '', 'a'),
  fc.constantFrom('😀😀', 'high', 'P1', 'PT15M', '2026-11-21T08:15:00Z', '2026-02-30', 'Europe/Berlin', 'toString'),
  fc.integer({ min: -5, max: 70_000 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)
const names = fc.constantFrom('a', 'b', 'id', 'state', 'title', 'constructor', 'x-a')
const anything = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(names, tie('data'), { maxKeys: 4 }),
  ),
})).data

/** A record with something in it replaced, left out or added, maybe several times. */
const mangled = (record: Data) =>
  fc
    .array(fc.tuple(fc.nat(), fc.constantFrom('replace', 'remove', 'add', 'repeat'), anything, names), { maxLength: 3 })
    .map((edits) => {
      const copy: unknown = structuredClone(record)
      for (const [choice, what, value, name] of edits) {
        const places = placesIn(copy)
        const place = places[choice % places.length]
        if (!place) continue
        const { inside, key } = place
        if (what === 'remove') delete inside[key]
        else if (what === 'add') inside[name] = value
        else if (what === 'repeat') inside[name] = structuredClone(inside[key])
        else inside[key] = value
      }
      return copy
    })

function placesIn(value: unknown): readonly { readonly inside: Record<string, unknown>; readonly key: string }[] {
  if (Array.isArray(value)) return value.flatMap(placesIn)
  if (!isRecord(value)) return []
  return Object.keys(value).flatMap((key) => [{ inside: value, key }, ...placesIn(value[key])])
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return isData(value)
}

describe('the shipped schemas', () => {
  const check = schemaChecks(shippedSchemas)
  const compile = acceptingCompiler(shippedSchemas)

  test.each([...shippedSchemas.keys()])('%s is common enough to be walked', (path) => {
    expect(check(path)).toBeDefined()
  })

  test('are walked to the same end as compiled, for records as they are and mangled', () => {
    const records = fc.constantFrom(...shippedRecords().all)
    let refused = 0
    fc.assert(
      fc.property(
        records.chain(({ type, data }) => fc.tuple(fc.constant(type), fc.oneof(mangled(data), anything))),
        ([type, data]) => {
          const path = `schemas/${type}/schema.json`
          const fits = compile(path)(data)
          if (fits !== true) refused += 1
          expect(check(path)?.(data)).toBe(fits)
        },
      ),
      { numRuns: 2000 },
    )
    expect(refused).toBeGreaterThan(300)
  })
})

const limit = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(-1, 1.5))
const ref = fc.constantFrom(
  '#',
  '#/$defs/one',
  '#/$defs/two',
  'other.json#/$defs/one',
  'other.json',
  '#/nowhere',
  '#one',
)
const listOf = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 3 })

/** Schemas with and without mistakes, of common and uncommon keywords. */
const schemas = fc.letrec<{ schema: unknown }>((tie) => {
  const inner = tie('schema')
  const type = fc.constantFrom('array', 'boolean', 'integer', 'null', 'number', 'object', 'string')
  const properties = fc.dictionary(names, inner, { maxKeys: 3 })
  const parts: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    $comment: fc.constantFrom<unknown>('why', 1),
    $ref: ref,
    additionalProperties: inner,
    allOf: listOf(inner),
    anyOf: listOf(inner),
    const: anything,
    default: anything,
    dependentRequired: fc.dictionary(names, listOf(names), { maxKeys: 2 }),
    else: inner,
    enum: listOf(anything),
    examples: fc.constantFrom<unknown>([], 'a'),
    exclusiveMaximum: limit,
    exclusiveMinimum: limit,
    format: fc.constantFrom('date', 'date-time', 'duration', 'time-zone', 'email', 'odd'),
    if: inner,
    items: fc.oneof(inner, listOf(inner)),
    maxItems: limit,
    maxLength: limit,
    maxProperties: limit,
    maximum: limit,
    minItems: limit,
    minLength: limit,
    minProperties: limit,
    minimum: limit,
    not: inner,
    oneOf: listOf(inner),
    pattern: fc.constantFrom('^a', '[0-9]', '(', '^.$', '\\p{Lu}'),
    patternProperties: fc.constant({ '^a': { type: 'string' } }),
    prefixItems: listOf(inner),
    properties,
    propertyNames: inner,
    required: listOf(names),
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
    then: inner,
    title: fc.constantFrom<unknown>('A title', 7),
    type: fc.oneof(type, listOf(type), fc.constant('text')),
    unevaluatedProperties: inner,
    uniqueItems: fc.boolean(),
    'x-reference': fc.constant('team'),
    odd: fc.constant(1),
  }
  const part = fc.oneof(...Object.entries(parts).map(([name, value]) => fc.tuple(fc.constant(name), value)))
  const few = fc.array(part, { maxLength: 4 }).map((chosen) => Object.fromEntries(chosen))
  return { schema: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.boolean(), few, few) }
}).schema

const trees = fc.tuple(schemas, schemas, schemas, schemas).map(([root, one, two, other]): SchemaFiles => {
  const inFile = (schema: unknown, more: Data) => ({ ...(isData(schema) ? schema : {}), ...more })
  return new Map([
    ['schemas/a/schema.json', inFile(root, { $defs: { one, two } })],
    ['schemas/a/other.json', inFile(other, { $defs: { one: two } })],
  ])
})

test('any schema that is walked is sound, and is walked to the same end as compiled', () => {
  let [walked, left] = [0, 0]
  fc.assert(
    fc.property(trees, fc.array(anything, { minLength: 5, maxLength: 5 }), (files, samples) => {
      const path = 'schemas/a/schema.json'
      const check = schemaChecks(files)(path)
      if (!check) {
        left += 1
        return
      }
      walked += 1
      proveByDialect(path, files.get(path))
      const validate = acceptingCompiler(files)(path)
      for (const data of samples) expect(answer(() => check(data))).toBe(answer(() => validate(data)))
    }),
    { numRuns: 1000 },
  )
  expect(Math.min(walked, left)).toBeGreaterThan(150)
})

/** What a judgement ends in; a schema that refers to itself without end overflows the stack both ways. */
function answer(judge: () => unknown): unknown {
  try {
    return judge()
  } catch (error) {
    if (error instanceof RangeError || error instanceof Fault) return 'without end'
    throw error
  }
}
