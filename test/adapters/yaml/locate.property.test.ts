import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatYaml } from '../../../src/adapters/yaml/format.ts'
import { locate } from '../../../src/adapters/yaml/locate.ts'
import { readYaml } from '../../../src/adapters/yaml/read.ts'
import type { Route, Span } from '../../../src/core/place.ts'

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/)
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z:#"'{},-]{0,8}( [a-z]{1,3})?$/)),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  ),
})).value

function routes(data: unknown, route: Route): readonly (readonly [Route, unknown])[] {
  const inside = Array.isArray(data)
    ? data.flatMap((item, index) => routes(item, [...route, index]))
    : typeof data === 'object' && data !== null
      ? Object.entries(data).flatMap(([key, content]) => routes(content, [...route, key]))
      : []
  return [[route, data], ...inside]
}

/** The text of a span, its first line indented as it stands. */
function textAt(text: string, { line, column, endLine, endColumn }: Span): string {
  const lines = text.split('\n').slice(line - 1, endLine)
  return lines
    .map((content, index) => (index === lines.length - 1 ? content.slice(0, endColumn - 1) : content))
    .map((content, index) => (index === 0 ? ' '.repeat(column - 1) + content.slice(column - 1) : content))
    .join('\n')
}

test('the text where a value stands reads as that value', () => {
  fc.assert(
    fc.property(fc.dictionary(name, value, { minKeys: 1, noNullPrototype: true }), fc.boolean(), (data, crlf) => {
      const text = formatYaml(data)
      const all = routes(data, []).slice(1)
      const spans = locate(
        crlf ? text.replaceAll('\n', '\r\n') : text,
        all.map(([route]) => ({ file: 'x.yaml', route })),
      )
      for (const [index, [, expected]] of all.entries()) {
        const span = spans[index]
        const read = span && readYaml('x.yaml', new TextEncoder().encode(textAt(text, span)))
        expect(read).toEqual({ data: expected, diagnostics: [] })
      }
    }),
    { numRuns: 200 },
  )
})
