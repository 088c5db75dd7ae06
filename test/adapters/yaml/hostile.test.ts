import { describe, expect, test } from 'vitest'
import { locate } from '../../../src/adapters/yaml/locate.ts'
import { readYaml } from '../../../src/adapters/yaml/read.ts'
import { largestFile } from '../../../src/core/tree.ts'

/** As often as fits into the largest file. */
function fill(
  part: string,
  { before = '', after = '' }: { readonly before?: string; readonly after?: string } = {},
): string {
  return before + part.repeat(Math.floor((largestFile - before.length - after.length) / part.length)) + after
}

/** Files that once cost a YAML parser seconds, its stack or the whole process, and what they are refused for. */
const hostile: { readonly [what: string]: readonly [source: string, rule: string] } = {
  'a thousand brackets': ['['.repeat(1000), 'yaml-depth'],
  'five thousand brackets': ['['.repeat(5000), 'yaml-depth'],
  brackets: [fill('['), 'yaml-depth'],
  'closed brackets': [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'yaml-depth'],
  'mappings in braces': [fill('{a: '), 'yaml-depth'],
  'pairs in brackets': [fill('[a: '), 'yaml-depth'],
  dashes: [fill('- '), 'yaml-depth'],
  'question marks': [fill('? '), 'yaml-depth'],
  colons: [fill('a: '), 'yaml-depth'],
  indentation: [Array.from({ length: 350 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''), 'yaml-depth'],
  anchors: [fill('&a '), 'yaml-anchor'],
  aliases: [fill('*a '), 'yaml-alias'],
  directives: [fill('%A\n'), 'yaml-directive'],
  tags: [fill('!a '), 'yaml-tag'],
  'billion laughs': [
    `a0: &a0 x\n${Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]\n`).join('')}`,
    'yaml-anchor',
  ],
  documents: [fill('---\n'), 'yaml-multiple-documents'],
  'flat keys': [
    Array.from({ length: 10_000 }, (_, n) => `k${n.toString(36).padStart(3, '0')}:\n`).join(''),
    'yaml-nodes',
  ],
  'the same key': ['a:\n'.repeat(4000), 'yaml-duplicate-key'],
  'keys without a name': [fill(':\n'), 'yaml-nodes'],
  'empty items': [fill('-\n'), 'yaml-nodes'],
  'names in braces': [fill('a,', { before: '{', after: '}' }), 'yaml-nodes'],
  commas: [fill(',', { before: '[', after: ']' }), 'yaml-nodes'],
  'closing braces': [fill('}', { before: 'a: 1\n' }), 'yaml-syntax'],
  quotes: [fill('"'), 'yaml-nodes'],
  'wrong escapes': [fill('\\q', { before: '"', after: '"' }), 'yaml-syntax'],
  backslashes: [fill('\\', { before: '"' }), 'yaml-syntax'],
  'bad characters at line starts': [fill('a: `\n'), 'yaml-nodes'],
  'a long key': [fill('x', { after: ': 1' }), 'yaml-syntax'],
  digits: [fill('9', { before: 'a: ' }), 'number-unsafe'],
}

describe('a hostile file is refused for its first offence', () => {
  for (const [what, [source, rule]] of Object.entries(hostile)) {
    test(what, () => {
      const { diagnostics } = readYaml('x.yaml', new TextEncoder().encode(source.slice(0, largestFile)))
      expect(diagnostics[0]?.rule).toBe(rule)
      expect(JSON.stringify(diagnostics).length).toBeLessThan(largestFile)
    })
  }
})

describe('long but harmless files are read', () => {
  const harmless: { readonly [what: string]: readonly [string, unknown] } = {
    'a long line': [fill('x', { before: 'a: ' }), { a: 'x'.repeat(largestFile - 3) }],
    comments: [fill('#\n'), null],
    'indented comments below a key': [fill(' #\n', { before: 'a:\n', after: ' - 1\n' }), { a: [1] }],
    'empty lines, then comments': [`- 1\n${'\n'.repeat(30_000)}${'    #\n'.repeat(5000)}- 2\n`, [1, 2]],
    'empty lines in a block text': [fill('\n', { before: 'a: |\n' }), { a: '' }],
    'blanks in a text of several lines': [`a: 'x\n${' '.repeat(60_000)}y'\n`, { a: 'x y' }],
    blanks: [fill(' '), null],
  }
  for (const [what, [source, data]] of Object.entries(harmless)) {
    test(what, () => {
      expect(readYaml('x.yaml', new TextEncoder().encode(source))).toEqual({ data, diagnostics: [] })
    })
  }
})

test('hostile files one after the other leave the process able to read good ones', () => {
  for (const [source] of Object.values(hostile)) {
    readYaml('x.yaml', new TextEncoder().encode(source.slice(0, largestFile)))
    locate(source, [{ file: 'x.yaml', route: ['a', 0, 'b'] }])
    expect(readYaml('good.yaml', new TextEncoder().encode('a: { b: [1] }\n'))).toEqual({
      data: { a: { b: [1] } },
      diagnostics: [],
    })
  }
})
