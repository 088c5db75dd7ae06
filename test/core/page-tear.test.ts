import { describe, expect, test } from 'vitest'
import { splitPages } from '../../src/core/page-split.ts'
import { torn } from '../../src/core/page-tear.ts'

const rows = (count: number, from = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) => `| ${from + index} | ${'ä'.repeat(20)} |`)
const head = ['| No | Text |', '| ---: | --- |']
const size = (text: string): number => Buffer.byteLength(text)

describe('a text that is too large', () => {
  test('is torn between the rows of a table, whose head is said again', () => {
    const pieces = torn(['Before.', '', ...head, ...rows(40), '', 'After.'].join('\n'), 700)
    expect(pieces.length).toBeGreaterThan(2)
    for (const piece of pieces) expect(size(piece)).toBeLessThanOrEqual(700)
    for (const piece of pieces.slice(1, -1)) expect(piece.split('\n').slice(0, 2)).toEqual(head)
    const found = pieces.flatMap((piece) => piece.split('\n').filter((line) => /^\| \d/.test(line)))
    expect(found).toEqual(rows(40))
    expect(pieces.at(-1)).toMatch(/After\.$/)
  })

  test('is torn between items of a list, with what is below an item, and between paragraphs', () => {
    const items = Array.from({ length: 20 }, (_, index) => `- Item ${index}\n  ${'x'.repeat(30)}`)
    const pieces = torn([...items, '', 'One.', '', 'Two.'].join('\n'), 200)
    for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/^- Item[\s\S]*x{30}$/)
    expect(pieces.join('\n')).toBe([...items, '', 'One.', '', 'Two.'].join('\n'))
  })

  test('closes folded details, and opens them again', () => {
    const text = ['<details>', '<summary>All of them</summary>', '', ...head, ...rows(40), '', '</details>'].join('\n')
    const pieces = torn(text, 900)
    expect(pieces.length).toBeGreaterThan(2)
    for (const piece of pieces) {
      expect(piece.match(/^<details>$/gm)).toHaveLength(1)
      expect(piece.match(/^<\/details>$/gm)).toHaveLength(1)
    }
    for (const piece of pieces.slice(1))
      expect(piece.split('\n').slice(0, 5)).toEqual([
        ...['<details>', '<summary>All of them (continued)</summary>', ''],
        ...head,
      ])
  })

  test('stays whole in code, and where a row alone is too large', () => {
    const code = ['```mermaid', ...rows(40), '', '- x', '```'].join('\n')
    expect(torn(code, 100)).toEqual([code])
    expect(torn([...head, ...rows(2)].join('\n'), 10)).toHaveLength(3)
  })
})

test('a page of one section is split within it, and its links still lead to its headings', () => {
  const text = `# Audit\n\n[breaches](#breaches)\n\n## Breaches\n\n${[...head, ...rows(20_000)].join('\n')}\n\n## End\n\nOver.\n`
  const parts = splitPages([{ path: 'reports/2026-10/audit.md', text, pictures: [] }])
  expect(parts.length).toBeGreaterThan(2)
  for (const part of parts) expect(size(part.text)).toBeLessThanOrEqual(400_000)
  expect(parts[0]?.text).toContain(`- [Breaches](#breaches)\n- [End](audit-${parts.length}.md#end)\n\n## Breaches`)
  expect(parts.flatMap((part) => part.text.match(/^## Breaches$/gm) ?? [])).toHaveLength(1)
  for (const part of parts.slice(1)) expect(part.text).toContain(`\n*Continued:* Breaches\n\n${head.join('\n')}\n|`)
  for (const part of parts) expect(part.text.match(/^- \[(?:Breaches|End)\]/gm)).toHaveLength(2)
  const found = parts.flatMap((part) => part.text.match(/^\| \d+ \|/gm) ?? [])
  expect(found).toHaveLength(20_000)
})
