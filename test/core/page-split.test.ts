import { describe, expect, test } from 'vitest'
import { forgottenParts, isPart, largestPage, partFoldersOf, splitPages } from '../../src/core/page-split.ts'
import type { RenderedPage } from '../../src/core/report.ts'

const size = (text: string): number => Buffer.byteLength(text)
const filler = (lines: number, word = 'ä'): string => `${word.repeat(99)}\n`.repeat(lines)

/** A page with sections of the given names, each of some 50,000 bytes; a name with `###` is a subsection. */
function page(path: string, names: readonly string[], lines = 250): RenderedPage {
  const sections = names.map((name) => `${name.startsWith('#') ? name : `## ${name}`}\n\n${filler(lines)}`)
  return { path, text: `# The audit\n\nIntroduction.\n\n${sections.join('\n')}`, pictures: [] }
}

const letters = Array.from('ABCDEFGHIJKLMNOPQRST')
const huge = page('reports/2026-10/audit.md', letters)

describe('a page within the limit', () => {
  test('stays as it is', () => {
    const small = page('reports/2026-10/audit.md', ['A'])
    expect(splitPages([small])).toEqual([small])
  })
})

describe('a page that is too large', () => {
  const parts = splitPages([huge])

  test('is split at its headings into parts within the limit', () => {
    expect(parts.map(({ path }) => path)).toEqual([
      'reports/2026-10/audit.md',
      'reports/2026-10/audit-2.md',
      'reports/2026-10/audit-3.md',
    ])
    for (const { text } of parts) expect(size(text)).toBeLessThanOrEqual(largestPage)
    expect(parts.map(({ text }) => text.split('\n', 1)[0])).toEqual([
      '# The audit',
      '# The audit (part 2 of 3)',
      '# The audit (part 3 of 3)',
    ])
  })

  test('loses nothing, and keeps its order', () => {
    const found = parts.flatMap(({ text }) => text.match(/^## \w$/gm) ?? [])
    expect(found).toEqual(letters.map((letter) => `## ${letter}`))
    const words = parts.map(({ text }) => text.match(/ä/g)?.length ?? 0)
    expect(words.reduce((sum, count) => sum + count, 0)).toBe(huge.text.match(/ä/g)?.length)
  })

  test('has the contents of the whole on every part, and each of its links leads to a heading', () => {
    for (const part of parts) {
      const links = [...part.text.matchAll(/^- \[(\w)\]\(([^)#]*)#(\w)\)$/gm)]
      expect(links.map(([, letter]) => letter)).toEqual(letters)
      for (const [, letter, href, anchor] of links) {
        const path = href === '' ? part.path : `reports/2026-10/${href}`
        const target = parts.find((each) => each.path === path)
        expect(target?.text).toContain(`\n## ${letter}\n`)
        expect(anchor).toBe(letter?.toLowerCase())
      }
    }
  })

  test('is followed by links of other pages and of its own', () => {
    const own = { ...huge, text: huge.text.replace('Introduction.', 'See [the last](#t) and [the first](#a).') }
    const other = {
      path: 'reports/README.md',
      text: '[last](2026-10/audit.md#t), [first](2026-10/audit.md#a)\n',
      pictures: [],
    }
    const [readme, first] = splitPages([other, own])
    expect(readme?.text).toBe('[last](2026-10/audit-3.md#t), [first](2026-10/audit.md#a)\n')
    expect(first?.text).toContain('See [the last](audit-3.md#t) and [the first](#a).')
  })

  test('keeps links right where headings read alike', () => {
    const alike = page('reports/a.md', [...letters.slice(0, 10), 'Same', ...letters.slice(10), 'Same'])
    const linking = { ...alike, text: alike.text.replace('Introduction.', '[one](#same) [two](#same-1)') }
    const [first] = splitPages([linking])
    expect(first?.text).toContain('[one](a-2.md#same) [two](a-4.md#same)')
  })

  test('is split at smaller headings where a section is too large', () => {
    const names = ['A', ...letters.slice(1).map((letter) => `### ${letter}`)]
    expect(splitPages([page('reports/a.md', names)]).length).toBeGreaterThan(1)
  })

  test('is not torn in code or in folded details', () => {
    const inside = letters.map((letter) => `## ${letter}\n${filler(250)}`).join('')
    for (const [open, close] of [
      ['```text', '```'],
      ['<details>', '</details>'],
    ]) {
      const text = `# Title\n\n## A\n\n${open}\n${inside}${close}\n\n## B\n\n${filler(10)}`
      for (const part of splitPages([{ path: 'reports/a.md', text, pictures: [] }])) {
        const opened = part.text.split('\n').filter((line) => line === open).length
        expect(part.text.split('\n').filter((line) => line === close)).toHaveLength(opened)
      }
    }
  })
})

test('parts of a page that has become smaller are forgotten, other files are not', () => {
  const written = ['reports/README.md', 'reports/2026-10/audit.md', 'reports/2026-10/audit-2.md']
  const standing = ['audit', 'audit-2', 'audit-3', 'other-2'].map((name) => `reports/2026-10/${name}.md`)
  expect(forgottenParts(standing, written)).toEqual(['reports/2026-10/audit-3.md'])
  expect(partFoldersOf([...written, 'reports/status.json'])).toEqual(['reports', 'reports/2026-10'])
})

test('a file is a part where it begins as the part of its name does, and not where somebody named it so', () => {
  const text = `# Title\n\n${letters.map((letter) => `## ${letter}\n\n${filler(250)}\n`).join('\n')}`
  const [, second, third] = splitPages([{ path: 'reports/a.md', text, pictures: [] }])
  expect(isPart('reports/a-2.md', second?.text ?? '')).toBe(true)
  expect(isPart('reports/a-3.md', third?.text ?? '')).toBe(true)
  expect(isPart('reports/a-3.md', second?.text ?? '')).toBe(false)
  expect(isPart('reports/a-2026.md', '# What happened in 2026\n')).toBe(false)
  expect(isPart('reports/a-2.md', `mine\n${second?.text}`)).toBe(false)
  expect(isPart('reports/a-2.md', '')).toBe(false)
})
