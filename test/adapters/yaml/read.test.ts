import { describe, expect, test } from 'vitest'
import { readYaml } from '../../../src/adapters/yaml/read.ts'
import type { Diagnostic } from '../../../src/core/diagnostic.ts'
import { exit, exitOf } from '../../../src/core/exit.ts'
import { largestFile } from '../../../src/core/tree.ts'

function read(source: string | Uint8Array) {
  return readYaml('records/x.yaml', typeof source === 'string' ? new TextEncoder().encode(source) : source)
}

/** Rule, position and message in a line, as a terminal shows them. */
function shown({ rule, span, message }: Diagnostic): string {
  return `${rule} ${span?.line}:${span?.column}-${span?.endLine}:${span?.endColumn} ${message}`
}

describe('good files are read in silence', () => {
  const good: { readonly [what: string]: readonly [string, unknown] } = {
    'a record': [
      'id: INC-1\nlog:\n  - { at: 2026-11-21T08:20:00Z, by: bob }\n',
      { id: 'INC-1', log: [{ at: '2026-11-21T08:20:00Z', by: 'bob' }] },
    ],
    CRLF: ['a: 1\r\nb: |\r\n  x\r\n  y\r\n', { a: 1, b: 'x\ny\n' }],
    'an empty file': ['', null],
    'only comments': ['# a\n\n# b\n', null],
    'one document with its marks': ['---\na: 1\n...\n', { a: 1 }],
    'YAML 1.2, not 1.1': [
      'a: NO\nb: 22:22:22\nc: 2026-12-25\nd: 0o17\n',
      { a: 'NO', b: '22:22:22', c: '2026-12-25', d: 15 },
    ],
    'signs of other features inside quotes': [
      'a: "&x"\nb: \'*y\'\nc: "!z"\nd: "%TAG"\ne: "--- x"\n',
      { a: '&x', b: '*y', c: '!z', d: '%TAG', e: '--- x' },
    ],
    'signs of other features inside texts': [
      'a: x & y *z !w\nb: |\n  &a *b !c\n  %d\n  --- e\n',
      { a: 'x & y *z !w', b: '&a *b !c\n%d\n--- e\n' },
    ],
    'writing of all peoples': ['a: Grüße, 日本語, עברית, 👩‍💻\n', { a: 'Grüße, 日本語, עברית, 👩‍💻' }],
    'tabs and line breaks that are written as escapes': ['a: "x\\ty\\nz"\n', { a: 'x\ty\nz' }],
    'the largest safe numbers and zero': [
      'a: 9007199254740991\nb: 0.0\nc: 1.5e3\n',
      { a: 9007199254740991, b: 0, c: 1500 },
    ],
    '32 levels': [`${'['.repeat(32)}${']'.repeat(32)}`, JSON.parse(`${'['.repeat(32)}${']'.repeat(32)}`)],
  }
  for (const [what, [source, data]] of Object.entries(good)) {
    test(what, () => {
      expect(read(source)).toEqual({ data, diagnostics: [] })
    })
  }
})

describe('what lies outside the subset is refused by name and position', () => {
  const refused: { readonly [what: string]: readonly [string, ...string[]] } = {
    'an anchor': ['a: 1\nb: &base\n  c: 2\n', 'yaml-anchor 2:4-2:9 &base is an anchor, which records may not use'],
    'an alias': ['a: *b\n', 'yaml-alias 1:4-1:6 *b is an alias, which records may not use'],
    'an alias as a merged mapping': ['<<: *b\n', 'yaml-alias 1:5-1:7 *b is an alias, which records may not use'],
    'a merge key': ['<<: { a: 1 }\n', 'yaml-merge-key 1:1-1:3 `<<` merges mappings, which records may not do'],
    'a tag': ['a: !!js/function "x"\n', 'yaml-tag 1:4-1:17 !!js/function is a tag, which records may not use'],
    'a local tag': ['a: [!foo x]\n', 'yaml-tag 1:5-1:9 !foo is a tag, which records may not use'],
    'a directive': [
      '%YAML 1.1\n---\na: NO\n',
      'yaml-directive 1:1-1:10 %YAML 1.1 is a directive, which records may not use',
    ],
    'a second document': ['a: 1\n---\nb: 2\n', 'yaml-multiple-documents 2:1-2:4 The file holds more than one document'],
    'a second document behind an end mark': [
      'a: 1\n...\nb: 2\n',
      'yaml-multiple-documents 3:1-3:2 The file holds more than one document',
    ],
    'a key given twice': ['a: 1\nb: 2\n"a": 3\n', 'yaml-duplicate-key 3:1-3:4 `a` is given twice, first in line 1'],
    'a key given twice in braces': [
      'x: { a: 1, a: 2 }\n',
      'yaml-duplicate-key 1:12-1:13 `a` is given twice, first in line 1',
    ],
    'a key that looks like another': [
      'café: 1\ncafe\u0301: 2\n',
      'yaml-duplicate-key 2:1-2:6 `cafe\u0301` looks the same as the field in line 1 but is written with other characters',
    ],
    'reserved keys at any depth': [
      '__proto__: 1\na:\n  - constructor: { toString: 1 }\n',
      'yaml-reserved-key 1:1-1:10 `__proto__` is reserved and cannot name a field',
      'yaml-reserved-key 3:5-3:16 `constructor` is reserved and cannot name a field',
    ],
    'other names that objects have': [
      'prototype: 1\nhasOwnProperty: 2\n',
      'yaml-reserved-key 1:1-1:10 `prototype` is reserved and cannot name a field',
      'yaml-reserved-key 2:1-2:15 `hasOwnProperty` is reserved and cannot name a field',
    ],
    'keys that are no text': [
      '1: a\nnull: b\n[c]: d\n',
      'yaml-key 1:1-1:2 `1` is not a text and cannot name a field',
      'yaml-key 2:1-2:5 `null` is not a text and cannot name a field',
      'yaml-key 3:1-3:4 This key is not a text and cannot name a field',
    ],
    '33 levels': [
      `${'['.repeat(33)}${']'.repeat(33)}`,
      'yaml-depth 1:33-1:34 Lists and mappings nest deeper than 32 levels',
    ],
    '33 levels of pairs in a list': [
      `${'[a: '.repeat(17)}${']'.repeat(17)}`,
      'yaml-depth 1:65-1:70 Lists and mappings nest deeper than 32 levels',
    ],
    'a byte order mark': ['\ufeffa: 1\n', 'yaml-byte-order-mark 1:1-1:2 The file begins with a byte order mark'],
    'a byte order mark further down': [
      'a: 1\n\ufeffb: 1\n',
      'yaml-byte-order-mark 2:1-2:2 The text contains a byte order mark (U+FEFF)',
    ],
    NUL: ['a: x\0y\n', 'yaml-control-character 1:5-1:6 The text contains the control character \\u0000'],
    'NUL written as an escape': [
      'a: "x\\0y"\n',
      'yaml-control-character 1:4-1:10 The text contains the control character \\u0000',
    ],
    'a terminal sequence written as an escape': [
      'a: "\\e[2J"\n',
      'yaml-control-character 1:4-1:11 The text contains the control character \\u001B',
    ],
    'a carriage return alone': [
      'a: 1\rb: 2\n',
      'yaml-control-character 1:5-1:6 A line ends in a carriage return alone',
    ],
    'half a character written as an escape': [
      'a: "\\ud800"\n',
      'yaml-control-character 1:4-1:12 The text contains the control character \\uD800',
    ],
    'a turned direction': [
      'a: x\n# \u202eb\n',
      'text-bidi 2:3-2:4 The text contains \\u202E, which changes the direction of what follows',
    ],
    'a turned direction written as an escape, in a key': [
      '"a\\u2066": x\n',
      'text-bidi 1:1-1:10 The text contains \\u2066, which changes the direction of what follows',
    ],
    'a colon in a text': [
      'title: Foo: bar\n',
      'yaml-syntax 1:8-1:9 This is not YAML: Nested mappings are not allowed in compact mappings',
    ],
    'a tab for indentation': [
      'a:\n\tb: 1\n',
      'yaml-syntax 2:1-2:2 This is not YAML: Tabs are not allowed as indentation',
    ],
    'a bracket too many': [
      'a: 1\n]\n',
      'yaml-syntax 2:1-2:2 This is not YAML: Unexpected flow-seq-end token in YAML stream',
    ],
    'a missing colon': [
      'a: 1\nb\nc: 2\n',
      'yaml-syntax 2:1-2:2 This is not YAML: Implicit map keys need to be followed by map values',
    ],
  }
  for (const [what, [source, ...expected]] of Object.entries(refused)) {
    test(what, () => {
      const { data, diagnostics } = read(source)
      expect(diagnostics.map(shown)).toEqual(expected)
      expect(data).toBeUndefined()
      expect(exitOf(diagnostics)).toBe(exit.refused)
      for (const { hint, place } of diagnostics) {
        expect(hint).toMatch(/^[A-Z].+[.?]$/)
        expect(place.file).toBe('records/x.yaml')
      }
    })
  }

  test('bytes that are no UTF-8, where the first of them stands', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('a: é\nb: x'), 0xc3, 0x28])
    expect(read(bytes).diagnostics.map(shown)).toEqual(['yaml-encoding 2:5-2:5 The file is not UTF-8 from here on'])
  })

  test('UTF-16, by its name', () => {
    const bytes = Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x3a, 0])
    expect(read(bytes).diagnostics.map(shown)).toEqual(['yaml-encoding 1:1-1:1 The file is not UTF-8 but UTF-16'])
  })

  test('a surrogate half in UTF-8', () => {
    expect(read(Uint8Array.from([0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80])).diagnostics.map(shown)).toEqual([
      'yaml-encoding 1:4-1:4 The file is not UTF-8 from here on',
    ])
  })

  test('a file over the limit, without a look at what it holds', () => {
    expect(read(new Uint8Array(largestFile + 1).fill(0xff)).diagnostics.map(shown)).toEqual([
      'yaml-size 1:1-1:1 The file has 65537 bytes, and 65536 are the limit',
    ])
    expect(read(`# ${'x'.repeat(largestFile - 2)}`)).toEqual({ data: null, diagnostics: [] })
  })

  test('both places of a key given twice', () => {
    const [found] = read('a:\n  x: 1\n  x: 2\n').diagnostics
    expect(found?.related).toEqual([
      { place: { file: 'records/x.yaml', route: ['a', 'x'], at: 'key' }, message: 'Given here first' },
    ])
  })

  test('what is quoted from the file is cut and made visible', () => {
    const [found] = read(`a: &${'x'.repeat(1000)}\u200b 1\n`).diagnostics
    expect(found?.message).toBe(`&${'x'.repeat(199)}… is an anchor, which records may not use`)
    const [other] = read('a: &x\u200by 1\n').diagnostics
    expect(other?.message).toBe('&x\\u200By is an anchor, which records may not use')
  })

  test('no prototype is changed', () => {
    read('__proto__: { polluted: 1 }\nconstructor: { prototype: { polluted: 1 } }\n')
    expect('polluted' in {}).toBe(false)
  })
})

describe('numbers that cannot be kept exactly are findings, not refusals', () => {
  for (const number of [
    '1e999',
    '-.inf',
    '.nan',
    '12345678901234567890',
    '9007199254740992',
    '-0',
    '1e-999',
    '0xFFFFFFFFFFFFFFFF',
  ]) {
    test(number, () => {
      const { data, diagnostics } = read(`a: ${number}\n`)
      expect(diagnostics.map(shown)).toEqual([
        `number-unsafe 1:4-1:${4 + number.length} ${number} is a number that cannot be kept exactly`,
      ])
      expect(data).toHaveProperty('a')
      expect(exitOf(diagnostics)).toBe(exit.findings)
    })
  }

  test('however many there are, a refusal beside them is not lost', () => {
    const { data, diagnostics } = read(`${Array.from({ length: 50 }, (_, i) => `k${i}: .nan\n`).join('')}k1: 1\n`)
    expect(data).toBeUndefined()
    expect(diagnostics).toHaveLength(21)
    expect(exitOf(diagnostics)).toBe(exit.refused)
  })
})
