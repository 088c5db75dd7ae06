import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyField, formatYaml } from '../../../src/adapters/yaml/format.ts'
import { linesOfNode, nodeOf } from '../../../src/adapters/yaml/nodes.ts'
import { plainField } from '../../../src/adapters/yaml/plain-field.ts'
import { shippedRecords } from '../../support/shipped.ts'

const name = fc.oneof(
  fc.constantFrom('at', 'note', 'title', 'a1_b', 'null', 'true', 'false', 'y', 'no', 'A', 'x-a', '', 'a b', '1'),
  fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
)
const text = fc.oneof(
  fc.constantFrom(
    'true',
    'No',
    'NULL',
    'null ',
    'a: b',
    'a:',
    'a #b',
    'a#b',
    "it's",
    '"q"',
    '- a',
    '-',
    '%a',
    '1',
    '.5',
  ),
  fc.constantFrom(
    '2026-11-21T08:15:00Z',
    '2026-11-21',
    '08:15',
    'line\nline\n',
    'a-',
    'a - b',
    'a, b',
    '[a]',
    '{a',
    '',
  ),
  fc.string({ unit: 'binary-ascii', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 90 }),
  fc.stringMatching(/^[A-Za-z][ -~]{0,30}$/),
  fc
    .array(fc.constantFrom('', 'A line', '- item', '# note', '---', 'key: |', ' in', 'out ', '\t', '%'), {
      maxLength: 5,
    })
    .map((each) => each.join('\n')),
)
const scalar = fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, -0, 1e21))
const entry = fc.dictionary(name, fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxKeys: 4 })
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 12 }), fc.array(fc.oneof(entry, scalar), { maxLength: 3 }))

describe('a field that is written without the library', () => {
  test('is written as the library writes it', () => {
    let everyday = 0
    fc.assert(
      fc.property(name, value, (field, content) => {
        const written = plainField(field, content)
        if (written === undefined) return
        everyday += 1
        expect(written).toBe(anyField(field, content))
      }),
      { numRuns: 8000 },
    )
    expect(everyday).toBeGreaterThan(500)
  })

  test('is most fields of the records that are shipped', () => {
    const fields = shippedRecords().all.flatMap(({ data }) => Object.entries(data))
    const everyday = fields.filter(([field, content]) => plainField(field, content) !== undefined)
    expect(everyday.length / fields.length).toBeGreaterThan(0.8)
    for (const [field, content] of everyday) expect(plainField(field, content)).toBe(anyField(field, content))
  })
})

test('a record written field by field is the record written as a whole', () => {
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 6 }), (data) => {
      expect(formatYaml(data)).toBe(`${linesOfNode(nodeOf(data)).join('\n')}\n`)
    }),
    { numRuns: 1000 },
  )
})
