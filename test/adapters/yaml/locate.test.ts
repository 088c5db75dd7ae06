import { describe, expect, test } from 'vitest'
import { locate } from '../../../src/adapters/yaml/locate.ts'
import type { Place, Route, Span } from '../../../src/core/place.ts'

const record = `# the record
id: INC-1
title: 'x' # quoted
service:
targets:
  response:
    stop: [in_progress, resolved]
log:
  - { at: 1, by: ada }
  - at: 2
    note: |
      p
      q
`

function at(route: Route, where?: Place['at'], text: string = record): string {
  const place: Place = where ? { file: 'x.yaml', route, at: where } : { file: 'x.yaml', route }
  return shown(locate(text, [place])[0])
}

function shown(span: Span | undefined): string {
  return `${span?.line}:${span?.column}-${span?.endLine}:${span?.endColumn}`
}

describe('what is there is shown where it stands', () => {
  test('a value, without its comment', () => expect(at(['title'])).toBe('3:8-3:11'))
  test('the name of a field', () => expect(at(['title'], 'key')).toBe('3:1-3:6'))
  test('an item of a list', () => expect(at(['targets', 'response', 'stop', 1])).toBe('7:25-7:33'))
  test('a mapping with all its fields', () => expect(at(['targets'])).toBe('6:3-7:34'))
  test('an entry in braces', () => expect(at(['log', 0])).toBe('9:5-9:23'))
  test('a name in an entry', () => expect(at(['log', 0, 'by'], 'key')).toBe('9:14-9:16'))
  test('a block text, without its last line end', () => expect(at(['log', 1, 'note'])).toBe('11:11-13:8'))
  test('a value in a file with CRLF', () =>
    expect(at(['log', 1, 'note'], 'value', record.replaceAll('\n', '\r\n'))).toBe('11:11-13:8'))
  test('several places, in the order asked', () => {
    const places = [['title'], ['id']].map((route) => ({ file: 'x.yaml', route }))
    expect(locate(record, places).map(shown)).toEqual(['3:8-3:11', '2:5-2:10'])
  })
})

describe('what is not there is shown where its name or its mapping stands', () => {
  test('an empty value at its name', () => expect(at(['service'])).toBe('4:1-4:8'))
  test('a missing field of the record at the first field', () => expect(at(['reporter'])).toBe('2:1-2:3'))
  test('the record itself at its first field', () => expect(at([])).toBe('2:1-2:3'))
  test('a missing field of a mapping at its name', () => expect(at(['targets', 'resolution'])).toBe('5:1-5:8'))
  test('a missing field further down at the nearest name', () =>
    expect(at(['targets', 'response', 'start', 0])).toBe('6:3-6:11'))
  test('a missing field of an entry at the first field of it', () => expect(at(['log', 1, 'by'])).toBe('10:5-10:7'))
  test('a missing item at the name of its list', () => expect(at(['log', 7])).toBe('8:1-8:4'))
  test('a route through a text at that text', () => expect(at(['id', 'x'])).toBe('2:1-2:3'))
})

describe('a text without places has its beginning', () => {
  for (const text of ['', '# c\n', 'a: &x 1\n', 'a: [\n', 'a: 1\n---\nb: 2\n', '['.repeat(5000)]) {
    test(JSON.stringify(text.slice(0, 20)), () => expect(at(['a'], 'value', text)).toBe('1:1-1:1'))
  }

  test('but a key given twice has the first', () => expect(at(['a'], 'key', 'b: 1\na: 1\na: 2\n')).toBe('2:1-2:2'))
  test('and a list of records its first item', () => expect(at([], 'value', '- a\n- b\n')).toBe('1:3-1:4'))
})
