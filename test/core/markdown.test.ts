import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { address, cellText, codeText, inlineText, linkText, mermaidText, pathBetween } from '../../src/core/markdown.ts'
import { naughtyList } from '../reports/naughty-list.ts'
import { comesAlive, shapeOf, visibleText } from '../reports/page-shape.ts'

/** A page that holds a text in every place where a template may put it. */
function page(text: string): string {
  return [
    inlineText(text),
    '',
    `# ${inlineText(text)}`,
    '',
    `Before ${inlineText(text)} after ${inlineText(text)}`,
    inlineText(text),
    'and on.',
    '',
    `- ${inlineText(text)}`,
    `- **${inlineText(text)}:** ${codeText(text)}`,
    '',
    `> ${inlineText(text)}`,
    '',
    '| A | B | C |',
    '| --- | --- | --- |',
    `| ${cellText(text)} | ${codeText(text)} | ${linkText(text, text)} |`,
    `|${cellText(text)}|${codeText(text)}|${linkText(text, '../x.yaml')}|`,
    '',
    `${codeText(text)} ${linkText(text, '../x.yaml')}`,
  ].join('\n')
}

describe('text from a record', () => {
  test('leaves the page as it is where it is a naughty one', () => {
    const expected = shapeOf(page('x'))
    expect(naughtyList.filter((text) => shapeOf(page(text)) !== expected)).toEqual([])
  })

  test('leaves the page as it is, whatever it says', () => {
    const signs = fc.constantFrom(...'|\\`*_[](){}<>#+-=.!~&:;@$%"\'/ \n\t1ax', 'www.', '://', '-->', '```')
    const expected = shapeOf(page('x'))
    fc.assert(
      fc.property(fc.array(signs, { minLength: 1, maxLength: 12 }), (parts) => {
        fc.pre(parts.join('').trim() !== '')
        expect(shapeOf(page(parts.join('')))).toBe(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('gives GitHub nothing to link, replace or compute', () => {
    const alive = naughtyList.filter((text) =>
      comesAlive(visibleText(`${inlineText(text)}\n\n| A |\n| --- |\n| ${cellText(text)} |\n`)),
    )
    expect(alive).toEqual([])
    expect(
      ['@ada', 'Fixes #1', 'GH-7', 'x://y', 'www.x', ':tada:', '$x$', '{{x}}', 'a\u202eb'].filter(comesAlive),
    ).toHaveLength(9)
  })

  test.each([
    'Checkout is slow for EU customers',
    'a | b \\ c',
    '`*_[]<>&~',
    '# 5 - 3',
    '1. first',
    'on_hold',
    '日本語 😀',
  ])('%j still reads as it was written', (text) => {
    const invisible = /\u2060/g
    expect(visibleText(`| A |\n| --- |\n| ${cellText(text)} |`).replace(invisible, '')).toBe(`A\n${text}`)
    expect(visibleText(inlineText(text)).replace(invisible, '')).toBe(text)
  })

  test('plain words stay as they are', () => {
    expect(inlineText('Mail is down (again), since 08:15!')).toBe('Mail is down (again), since 08:15!')
  })

  test('hidden characters become visible codes', () => {
    expect(visibleText(inlineText('a\u202eb\u0007'))).toBe('a\\u202eb\\u0007')
  })

  test('an empty cell shows a dash', () => {
    expect(cellText(' \n ')).toBe('–')
    expect(codeText('')).toBe('`–`')
  })

  test('a long cell is cut between characters', () => {
    expect(cellText('😀'.repeat(101))).toBe(`${'😀'.repeat(99)}…`)
    expect(cellText('x'.repeat(100))).toBe('x'.repeat(100))
  })
})

describe('an address', () => {
  test.each([
    ['../records/incident/INC-1.yaml', '../records/incident/INC-1.yaml'],
    ['https://example.org/a?b=c&d=e', 'https://example.org/a?b=c&amp;d=e'],
    ['a b', 'a%20b'],
    ['a)b(c', 'a%29b%28c'],
    ['#part', '#part'],
  ])('%s is kept as %s', (text, expected) => {
    expect(address(text)).toBe(expected)
  })

  test.each([
    '',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//example.org/x',
    '\\\\example.org\\x',
    'mailto:a@b.c',
    'java\tscript:alert(1)',
  ])('%j leads nowhere', (text) => {
    expect(address(text)).toBe('#')
  })

  test('a coded colon makes no scheme', () => {
    expect(shapeOf(`[x](${address('javascript&colon;alert(1)')})`, true)).toContain(
      'link javascript&colon;alert%281%29',
    )
  })
})

describe('the way between two files', () => {
  test.each([
    ['reports/README.md', 'records/incident/INC-1.yaml', '../records/incident/INC-1.yaml'],
    ['reports/2016-03/csi.md', 'records/incident/INC-1.yaml', '../../records/incident/INC-1.yaml'],
    ['reports/2016-03/csi.md', 'reports/2016-03/incidents.md', 'incidents.md'],
    ['reports/2016-03/csi.md', 'reports/README.md', '../README.md'],
    ['reports/README.md', 'reports/2016-03/csi.md', '2016-03/csi.md'],
    ['README.md', 'reports/README.md', 'reports/README.md'],
    ['a/b.md', 'records/50% #1?/ä (x)|.yaml', '../records/50%25%20%231%3F/%C3%A4%20%28x%29%7C.yaml'],
    ['a/b.md', 'a/javascript:x.yaml', './javascript:x.yaml'],
  ])('from %s to %s is %s', (from, to, expected) => {
    expect(pathBetween(from, to)).toBe(expected)
    expect(address(expected)).toBe(expected)
  })
})

describe('a label of a diagram', () => {
  test.each(naughtyList)('%j holds nothing that Mermaid or Markdown reads', (text) => {
    expect(mermaidText(text)).toMatch(/^(?:[\p{L}\p{M}\p{N} ,_/–-]|#\d+;)+$/u)
    expect(mermaidText(text)).not.toMatch(/^-/)
  })

  test('plain words stay as they are', () => {
    expect(mermaidText('Web shop, 2016-03')).toBe('Web shop, 2016-03')
  })
})
