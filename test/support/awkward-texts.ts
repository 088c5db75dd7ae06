import fc from 'fast-check'
import { awkwardNames, awkwardValues } from './awkward-yaml.ts'

/** Places of a value `@` in a text. */
export const positions: readonly string[] = String.raw`
a: @\n | a: @ | a:@\n | a: @ # c\nb: 1\n | a: @\n  b\n | a:\n  @\n | a: [@]\n | a: [ @ , b]\n | a: [b, @, c]\n | a: {b: @}\n
a: { b: @, c: d }\n | a:\n  - @\n | a:\n- @\n- b\n | - @\n | a:\n  - b: @\n    c: 1\n | a:\n  -   @\n | a: !\n  @\n | @\n
a: !-\n  b\n   @\n\n\nc: 1\n | a: !\n @\n b\n | a: !\n  b\n@\n | @: a\n | a: { @: b }\n | a: 1\n@: b\n | a:\n  @: b\n
a: [\n  @,\n  b]\n | a: [b,\n@]\n | a:\n  - [b,\n   @]\n | a: {b: 1,\n c: @}\n | a:\n  - c: [b,\n    @, d]\n
a:\n  - @: b\n | a: "@"\n | a: '@'\n | a: ["@"]\n | a: ['@', "b"]\n | # @\na: 1 # @\n | ---\na: @\n | a:\n # @\n  b: @\n`
  .trim()
  .split(/ \| |\n/)
  .map((position) => position.replaceAll('\\n', '\n').replaceAll('!', '|'))

/** A text whose lines have any indentation, as likely wrong as right. */
export const soup: fc.Arbitrary<string> = fc.letrec(() => {
  const before = fc.constantFrom(...'|||  |  |    | |   |\t|- |- |  - |-   |-|- - |    - |# '.split('|'))
  const after = often('\n', ' \n', '\r\n', ' # c\n', '#c\n', '\n\n', '\n  \n', '')
  const content = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(name(), often(': ', ':', ' : ', ':   ', ':\t', ':  # c'), value()).map(joined) },
    fc.tuple(name(), fc.constantFrom(':', ': |')).map(joined),
    value(),
    fc.constantFrom('', '---', '...', '%YAML 1.1', '- a', '# c', '&a', '  text', '    deeper', '{a: 1}', '\ufeff'),
  )
  const line = fc.tuple(before, content, after).map(joined)
  return { soup: fc.array(line, { maxLength: 5 }).map((lines) => `a: 1\n${joined(lines)}`) }
}).soup

/** Brackets over several lines, as likely torn as whole, in each place that a value has. */
export const brackets: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      'a: @\n',
      'a: @ # c\nb: 1\n',
      'a:\n  b: @\n',
      'a:\n  - @\n',
      'a:\n- @\n- b\n',
      'a:\n  - b: @\n    c: 1\n',
    ),
    fc.constantFrom('[@]', '{@}', '[@', '{b: [@]}', '[{@}]'),
    fc.array(fc.constantFrom('a', 'b: 1', 'c: x y', '[d]', '{e: 2}', '"q"', '# c', '', '- f', 'g:', '[', '}', '|'), {
      maxLength: 5,
    }),
    fc.array(
      often(
        ', ',
        ',',
        ',\n',
        ',\n ',
        ',\n  ',
        ',\n   ',
        ',  \n     ',
        '\n   , ',
        ' ',
        ',\n\n    ',
        ', # c\n    ',
        ',\n\t',
      ),
      {
        minLength: 5,
        maxLength: 5,
      },
    ),
    often('', ' ', '\n', '\n ', '\n    '),
  )
  .map(([place, around, items, between, before]) => {
    const inner = before + items.map((item, index) => (index === 0 ? item : `${between[index]}${item}`)).join('')
    return place.replace('@', () => around.replace('@', () => inner))
  })

/** A text whose lines stand in each other as they should, with values of every kind. */
export const nested: fc.Arbitrary<string> = fc
  .letrec<Record<'block' | 'fields' | 'items', readonly string[]>>((tie) => {
    const line = value().map((each) => [each])
    const below = fc.tuple(fc.constantFrom('  ', '    ', ' ', ''), tie('block'))
    const heads = fc.constantFrom(' |', ' |-', ' |+', ' >', ' |2')
    const literal = fc.tuple(heads, fc.array(fc.oneof(value(), fc.constantFrom('', ' x', '# c'))))
    const content = fc.oneof(
      { weight: 3, arbitrary: value().map((each) => [` ${each}`]) },
      below.map(([by, lines]) => ['', ...moved(lines, by)]),
      literal.map(([head, lines]) => [head, ...moved(lines, '  ')]),
    )
    const field = fc.tuple(name(), content).map(([field, [first = '', ...rest]]) => [`${field}:${first}`, ...rest])
    const item = tie('block').map(([first = '', ...rest]) => [`- ${first}`, ...moved(rest, '  ')])
    return {
      block: fc.oneof({ depthSize: 'small' }, line, tie('fields'), tie('items')),
      fields: fc.array(field, { minLength: 1, maxLength: 4 }).map((fields) => fields.flat()),
      items: fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.flat()),
    }
  })
  .fields.map((lines) => `${lines.join('\n')}\n`)

/** Some lines of a text, changed one to three times as an editor, a script or a hand could. */
export function changed(texts: readonly string[]): fc.Arbitrary<string> {
  const excerpt = fc
    .tuple(fc.constantFrom(...texts), fc.nat(60), fc.integer({ min: 1, max: 14 }))
    .map(([text, from, count]) => {
      const lines = text.split('\n')
      const start = lines.findIndex((line, row) => row >= from % lines.length && /^\S/.test(line))
      return `${lines.slice(Math.max(start, 0), Math.max(start, 0) + count).join('\n')}\n`
    })
  return fc.tuple(excerpt, changes).map(([text, change]) => change(text))
}

type Mutate = (text: string, at: number, token: string) => string

const mutations: readonly Mutate[] = [
  inText((text, offset, token) => text.slice(0, offset) + token + text.slice(offset)),
  inText((text, offset) => text.slice(0, offset) + text.slice(offset + 1)),
  inText((text, offset, token) => text.slice(0, offset) + token + text.slice(offset + token.length)),
  inText((text, offset) => text.slice(0, offset)),
  inLines((lines, row, line) => lines.toSpliced(row, 0, line)),
  inLines((lines, row, line) => lines.with(row, ` ${line}`)),
  inLines((lines, row, line) => lines.with(row, line.replace(/^ /, ''))),
  inLines((lines, row) => lines.toSpliced(row, 1)),
  inLines((lines, row, line) => lines.toSpliced(row, 2, lines[row + 1] ?? '', line)),
  inLines((lines, row, line) => lines.with(row, `${line}\r`)),
  inLines((lines, row, line, token) =>
    lines.with(
      row,
      line.replace(/(?<=[:-]) .*/, () => ` ${token}`),
    ),
  ),
]

const signs = fc.constantFrom(...' |  |\n|:|: |#| #|-|- |"|\'|,|\t|\r\n|[|]|{|}'.split('|'), '|')

/** One to three changes of any text, as an editor, a script or a hand could make them. */
export const changes: fc.Arbitrary<(text: string) => string> = fc
  .array(
    fc.record({
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      how: fc.constantFrom(...mutations),
      token: fc.oneof(value(), name(), signs),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((made) => (text) => made.reduce((before, { at, how, token }) => how(before, at, token), text))

function inText(how: (text: string, offset: number, token: string) => string): Mutate {
  return (text, at, token) => how(text, Math.floor(at * text.length), token)
}

function inLines(
  how: (lines: readonly string[], row: number, line: string, token: string) => readonly string[],
): Mutate {
  return (text, at, token) => {
    const lines = text.split('\n')
    const row = Math.floor(at * lines.length)
    return how(lines, row, lines[row] ?? '', token).join('\n')
  }
}

function value(): fc.Arbitrary<string> {
  const plain = fc.constantFrom('a', 'x y', '1', 'P2', '"q r"')
  return fc.oneof({ weight: 3, arbitrary: plain }, fc.constantFrom(...awkwardValues))
}

function name(): fc.Arbitrary<string> {
  return fc.oneof({ weight: 4, arbitrary: fc.stringMatching(/^[a-f]{1,2}$/) }, fc.constantFrom(...awkwardNames))
}

function often(usual: string, ...rare: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, fc.constantFrom(...rare))
}

function joined(parts: readonly string[]): string {
  return parts.join('')
}

function moved(lines: readonly string[], by: string): readonly string[] {
  return lines.map((line) => (line === '' ? '' : by + line))
}
