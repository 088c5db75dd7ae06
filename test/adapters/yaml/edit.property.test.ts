import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editYaml } from '../../../src/adapters/yaml/edit.ts'
import { formatYaml } from '../../../src/adapters/yaml/format.ts'
import { readYaml } from '../../../src/adapters/yaml/read.ts'
import type { Route } from '../../../src/core/place.ts'
import { valueAt } from '../../../src/core/record.ts'

/** A field as somebody may have written it: comments above, the lines that say it, and what they say. */
interface Field {
  readonly name: string
  readonly lines: readonly string[]
  readonly value: unknown
}

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,7}$/)
const text = fc.oneof(
  word,
  fc.constantFrom(
    'a: b',
    'x # y',
    'NO',
    '012',
    '1e3',
    "it's",
    'say "hi"',
    '- x',
    '',
    ' lead',
    '[',
    '{}',
    'é 日本',
    '@x',
    'null',
    '<<',
  ),
  fc.string({
    unit: fc.constantFrom('a', ' ', '\n', ':', '#', '-', '"', "'", '{', ']', ',', '\t', '&', '*'),
    maxLength: 12,
  }),
)
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(word, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

const written: fc.Arbitrary<Omit<Field, 'name'> & { readonly head: string }> = fc.constantFrom(
  { head: ' plain   # why', lines: [], value: 'plain' },
  { head: " 'single'", lines: [], value: 'single' },
  { head: '   "double" #c', lines: [], value: 'double' },
  { head: '', lines: [], value: null },
  { head: ' # empty', lines: [], value: null },
  { head: ' ~', lines: [], value: null },
  { head: ' several', lines: ['  lines', '', '  of text # end'], value: 'several lines\nof text' },
  { head: ' |', lines: ['  p', '', '   q', '  # r'], value: 'p\n\n q\n# r\n' },
  { head: ' |+', lines: ['    p', '', '# stop'], value: 'p\n\n' },
  { head: ' >- # folded', lines: ['  p', '  q'], value: 'p q' },
  { head: ' [a,  "b" ,c] # list', lines: [], value: ['a', 'b', 'c'] },
  { head: ' []', lines: [], value: [] },
  { head: ' {}', lines: [], value: {} },
  { head: ' { x: 1,y: {z: [2]} }', lines: [], value: { x: 1, y: { z: [2] } } },
  { head: ' [', lines: ['  a, # one', '  b,', '  ]'], value: ['a', 'b'] },
  { head: ' # below', lines: ['  - a', '  # about b', '  - b   # b', '  # end'], value: ['a', 'b'] },
  { head: '', lines: ['- a', '-', '- - b', '  - c'], value: ['a', null, ['b', 'c']] },
  {
    head: '',
    lines: ['    - x: 1', '      # about y', "      y: 'two'", '    - { x: 3 }'],
    value: [{ x: 1, y: 'two' }, { x: 3 }],
  },
  {
    head: '',
    lines: ['   x: 1 # one', '', '   y:', '      z: |', '        deep', '   # end'],
    value: { x: 1, y: { z: 'deep\n' } },
  },
)

const fields: fc.Arbitrary<readonly Field[]> = fc
  .uniqueArray(fc.tuple(word, written, fc.constantFrom([], ['# above'], ['', '# above', ''], [''])), {
    minLength: 1,
    maxLength: 5,
    selector: ([name]) => name,
  })
  .map((rows) =>
    rows.map(([name, { head, lines, value }, above]) => ({
      name,
      lines: [...above, `${name}:${head}`, ...lines],
      value,
    })),
  )

function read(source: string): unknown {
  const { data, diagnostics } = readYaml('test.yaml', new TextEncoder().encode(source))
  expect(diagnostics).toEqual([])
  return data
}

/** Every route into data. */
function routes(data: unknown, route: Route = []): readonly Route[] {
  const inside = Array.isArray(data)
    ? data.flatMap((item, index) => routes(item, [...route, index]))
    : typeof data === 'object' && data !== null
      ? Object.entries(data).flatMap(([name, content]) => routes(content, [...route, name]))
      : []
  return route.length === 0 ? inside : [route, ...inside]
}

/** Plain data with one value set or removed, by the shortest way: a copy is changed. */
function withSet(data: unknown, route: Route, next: unknown): unknown {
  const copy: unknown = structuredClone(data)
  const parent = valueAt(copy, route.slice(0, -1))
  const step = route.at(-1) ?? ''
  if (Array.isArray(parent)) parent.splice(Number(step), 1, ...(next === undefined ? [] : [next]))
  else if (next === undefined) Reflect.deleteProperty(Object(parent), step)
  else Reflect.set(Object(parent), step, next)
  return copy
}

test('what formatYaml writes reads as it was given', () => {
  fc.assert(
    fc.property(fc.dictionary(word, value, { noNullPrototype: true }), (data) => {
      expect(read(formatYaml(data))).toEqual(data)
    }),
    { numRuns: 200 },
  )
})

test('an edit changes the lines of its field alone, and what is read is what was meant', () => {
  fc.assert(
    fc.property(
      fields,
      fc.nat(),
      fc.oneof(value, fc.constant(undefined)),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (rows, choice, next, end, open) => {
        const source = rows.flatMap(({ lines }) => lines).join(end) + (open ? '' : end)
        const data = read(source)
        const all = routes(data)
        const route = all[choice % all.length] ?? []
        const after = editYaml(source, [{ route, value: next }])

        expect(read(after)).toEqual(withSet(data, route, next))
        const at = rows.findIndex(({ name }) => name === route[0])
        const [before, behind] = [rows.slice(0, at), rows.slice(at + 1)].map((some) =>
          some.flatMap(({ lines }) => lines),
        )
        if (before?.length) expect(after.split(end).slice(0, before.length)).toEqual(before)
        if (behind?.length) expect(`${end}${after}`.endsWith(end + behind.join(end) + (open ? '' : end))).toBe(true)
      },
    ),
    { numRuns: 400 },
  )
})

test('a new field or item leaves every other field as it is written', () => {
  fc.assert(
    fc.property(fields, fc.nat(), value, fc.constantFrom('\n', '\r\n'), (rows, choice, next, end) => {
      const source = rows.flatMap(({ lines }) => lines).join(end) + end
      const data = read(source)
      const holders = [[], ...routes(data)].filter((route) => typeof valueAt(data, route) === 'object')
      const route = holders[choice % holders.length] ?? []
      const holder = valueAt(data, route)
      const inList = Array.isArray(holder)
      const after = editYaml(source, [
        inList ? { route, append: next } : { route: [...route, 'new_field'], value: next },
      ])

      const expected = inList
        ? withSet(data, [...route, holder.length], next)
        : withSet(
            data,
            route.length === 0 ? ['new_field'] : route,
            route.length === 0 ? next : { ...Object(holder), new_field: next },
          )
      expect(read(after)).toEqual(expected)
      const untouched = rows.filter(({ name }) => name !== route[0]).flatMap(({ lines }) => lines)
      const kept = after.split(end).reduce((next, line) => (line === untouched[next] ? next + 1 : next), 0)
      expect(untouched.slice(kept)).toEqual([])
    }),
    { numRuns: 400 },
  )
})
