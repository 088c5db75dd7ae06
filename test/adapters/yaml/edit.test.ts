import { describe, expect, test } from 'vitest'
import { editYaml } from '../../../src/adapters/yaml/edit.ts'

const incident = `# yaml-language-server: $schema=../../../schemas/incident/schema.json
id: INC-20261121-K7QX   # never changes
title: 'Checkout is slow'
state: new              # see lifecycle
# who is asked
team: "operations"
cis: [web-1, web-2]
description: |
  p99 of checkout is 4.1 s since 08:05 UTC, and this line is longer than eighty characters on purpose, so that folding shows.

  More.
priority:

log:                    # append-only
  - { at: 2026-11-21T08:20:00Z, by: bob, state: new }
  # the night shift
`

const moved = [
  { route: ['state'], value: 'in_progress' },
  { route: ['log'], append: { at: '2026-11-21T08:30:00Z', by: 'ada', state: 'in_progress' } },
]

describe('a step of a record', () => {
  const expected = incident
    .replace('state: new  ', 'state: in_progress  ')
    .replace(
      '  # the night shift\n',
      '  # the night shift\n  - { at: 2026-11-21T08:30:00Z, by: ada, state: in_progress }\n',
    )

  test('changes the state and adds a line to the log, and nothing else', () => {
    expect(editYaml(incident, moved)).toBe(expected)
  })

  test('keeps CRLF', () => {
    expect(editYaml(incident.replaceAll('\n', '\r\n'), moved)).toBe(expected.replaceAll('\n', '\r\n'))
  })

  test('keeps a last line that does not end', () => {
    expect(editYaml(incident.trimEnd(), moved)).toBe(expected.trimEnd())
  })
})

const cases: { readonly [what: string]: readonly [string, Parameters<typeof editYaml>[1][number], string] } = {
  'an edit that changes nothing leaves the text': ['a:   1 # x\n', { route: ['a'], value: 1 }, 'a:   1 # x\n'],
  'a value keeps its quotes': ["a: 'x' # c\n", { route: ['a'], value: 'y' }, "a: 'y' # c\n"],
  'an empty field gets its value before the comment': [
    'a: # c\nb: 1\n',
    { route: ['a'], value: 'x' },
    'a: x # c\nb: 1\n',
  ],
  'a text of several lines is written as a block': [
    'a: x # c\nb: 1\n',
    { route: ['a'], value: 'p\nq\n' },
    'a: | # c\n  p\n  q\nb: 1\n',
  ],
  'a block becomes a line': ['a: |\n  p\n  q\nb: 1\n', { route: ['a'], value: 'x' }, 'a: x\nb: 1\n'],
  'a new field goes last': ['a: 1\n', { route: ['b'], value: 'x' }, 'a: 1\nb: x\n'],
  'a new field goes before a closing log': [
    'a: 1\n\n# steps\nlog:\n  - { at: 1 }\n',
    { route: ['b'], value: 2 },
    'a: 1\nb: 2\n\n# steps\nlog:\n  - { at: 1 }\n',
  ],
  'a nested field is made with its mappings': [
    'a: 1\n',
    { route: ['b', 'c', 'd'], value: 'x' },
    'a: 1\nb:\n  c:\n    d: x\n',
  ],
  'a field goes into a nested mapping': [
    'a:\n    b: 1 # x\n    # y\n# z\nc: 1\n',
    { route: ['a', 'd'], value: 2 },
    'a:\n    b: 1 # x\n    # y\n    d: 2\n# z\nc: 1\n',
  ],
  'a field goes into braces': [
    'a: { b: 1 } # c\n',
    { route: ['a', 'd'], value: 'x, y' },
    'a: { b: 1, d: "x, y" } # c\n',
  ],
  'a field goes into empty braces': ['a: {} # c\n', { route: ['a', 'd'], value: 'x' }, 'a: # c\n  d: x\n'],
  'a removed field takes its lines along': [
    'a: 1\nb: |\n  x\n\n  y\nc: 2\n',
    { route: ['b'], value: undefined },
    'a: 1\nc: 2\n',
  ],
  'the last removed field leaves a file without an end as it was': [
    'a: 1\nb: 2',
    { route: ['b'], value: undefined },
    'a: 1',
  ],
  'the only item removed leaves an empty list': [
    'a:\n  - x\nb: 1\n',
    { route: ['a', 0], value: undefined },
    'a: []\nb: 1\n',
  ],
  'the first field of an item can be removed': [
    'a:\n  - b: 1\n    c: 2\n',
    { route: ['a', 0, 'b'], value: undefined },
    'a:\n  - c: 2\n',
  ],
  'an item of a list in brackets can be removed': [
    'a: [x, y, z]\n',
    { route: ['a', 1], value: undefined },
    'a: [x, z]\n',
  ],
  'the last item in brackets can be removed': ['a: [x, y]\n', { route: ['a', 1], value: undefined }, 'a: [x]\n'],
  'a list in brackets grows in brackets': ['a: [x] # c\n', { route: ['a'], append: 'y' }, 'a: [x, y] # c\n'],
  'an empty list of texts stays in brackets': ['a: []\n', { route: ['a'], append: 'y' }, 'a: [y]\n'],
  'an empty log gets a line for its entry': [
    'log: [] # c\n',
    { route: ['log'], append: { at: 1, by: 'x' } },
    'log: # c\n  - { at: 1, by: x }\n',
  ],
  'a missing list is made': ['a: 1\n', { route: ['log'], append: { at: 1 } }, 'a: 1\nlog:\n  - { at: 1 }\n'],
  'a list that is not indented stays so': [
    'log:\n- { at: 1 }\n',
    { route: ['log'], append: { at: 2 } },
    'log:\n- { at: 1 }\n- { at: 2 }\n',
  ],
  'entries in block layout get a neighbour in block layout': [
    'log:\n  - at: 1\n    by: x\n',
    { route: ['log'], append: { at: 2, by: 'y' } },
    'log:\n  - at: 1\n    by: x\n  - at: 2\n    by: y\n',
  ],
  'a note of several lines is written as a block': [
    'log:\n  - { at: 1 }\n',
    { route: ['log'], append: { at: 2, note: 'p\nq' } },
    'log:\n  - { at: 1 }\n  - at: 2\n    note: |-\n      p\n      q\n',
  ],
  'an item of a list can be set': [
    'a:\n  - x # 1\n  - y # 2\n',
    { route: ['a', 1], value: 'z' },
    'a:\n  - x # 1\n  - z # 2\n',
  ],
  'a list below its name becomes a value behind it': [
    'a: # c\n  - x\n  - y\nb: 1\n',
    { route: ['a'], value: 'z' },
    'a: z # c\nb: 1\n',
  ],
  'a value behind its name becomes a mapping below it': [
    'a: z # c\nb: 1\n',
    { route: ['a'], value: { x: 1, y: { z: 2 } } },
    'a: # c\n  x: 1\n  y:\n    z: 2\nb: 1\n',
  ],
  'a file with comments alone gets its first field': ['# c\n', { route: ['a'], value: 1 }, '# c\na: 1\n'],
  'an empty file gets its first field': ['', { route: ['a'], value: 1 }, 'a: 1\n'],
  'a text that reads as a number is quoted': ['a: x\n', { route: ['a'], value: '012' }, 'a: "012"\n'],
  'mixed line ends stay where nothing is edited': [
    'a: 1\r\nb: 2\nc: 3\r\n',
    { route: ['b'], value: 4 },
    'a: 1\r\nb: 4\nc: 3\r\n',
  ],
  'blank lines kept by a block text stay before the next field': [
    'a: |+\n  x\n\nb: 1\n',
    { route: ['c'], value: 2 },
    'a: |+\n  x\n\nb: 1\nc: 2\n',
  ],
  'a field after a block text without line end starts a line': [
    'a: |\n  x',
    { route: ['c'], value: 2 },
    'a: |\n  x\nc: 2',
  ],
}

describe('one edit', () => {
  for (const [what, [before, edit, after]] of Object.entries(cases)) {
    test(what, () => {
      expect(editYaml(before, [edit])).toBe(after)
    })
  }
})

test('removing what is not there changes nothing', () => {
  for (const route of [['b'], ['a', 'b'], ['c', 0], ['a', 'b', 'c']]) {
    expect(editYaml('a:\nd: 1\n', [{ route, value: undefined }])).toBe('a:\nd: 1\n')
  }
})

describe('what cannot be done is said', () => {
  test('a file outside the subset is not edited', () => {
    expect(() => editYaml('a: &x 1\n', [{ route: ['a'], value: 2 }])).toThrow(
      'A file outside the YAML subset cannot be edited',
    )
  })

  test('a route through a text is refused by name', () => {
    expect(() => editYaml('a: x\n', [{ route: ['a', 'b'], value: 2 }])).toThrow('`a` is not a mapping')
  })

  test('appending to something else than a list is refused by name', () => {
    expect(() => editYaml('a: { b: 1 }\n', [{ route: ['a'], append: 2 }])).toThrow('`a` is not a list')
  })

  test('an item far behind the last is refused', () => {
    expect(() => editYaml('a: [1]\n', [{ route: ['a', 3], value: 2 }])).toThrow('`a[3]` is not an item of the list')
  })

  test('a control character is not written', () => {
    expect(() => editYaml('a: 1\n', [{ route: ['a'], value: '\u001b[31m' }])).toThrow('`a` cannot be given that value')
  })

  test('a reserved name is not written', () => {
    expect(() => editYaml('a: 1\n', [{ route: ['constructor'], value: 1 }])).toThrow('cannot be given that value')
  })

  test('no data of the file or the edit is changed in memory', () => {
    const value = Object.freeze({ x: 1, y: undefined })
    expect(editYaml('a: 1\n', [{ route: ['b'], value }])).toBe('a: 1\nb:\n  x: 1\n')
  })
})

test('layouts that few people write are still edited rightly', () => {
  expect(editYaml('? a\n: 1\n? b\n: 2\n', [{ route: ['a'], value: undefined }])).toBe('b: 2\n')
})
