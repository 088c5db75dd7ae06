import { describe, expect, test } from 'vitest'
import { cutMarkdown } from '../../src/core/cut-text.ts'

describe('a text that is too long', () => {
  test('is left alone when it is not', () => {
    expect(cutMarkdown('short', 5, 'more')).toBe('short')
  })

  test('ends at the end of a line, with a note, within its length', () => {
    const cut = cutMarkdown('a line of words\n'.repeat(100), 300, 'The rest is left out.')
    expect(cut.length).toBeLessThanOrEqual(300)
    expect(cut).toMatch(/^(a line of words\n)+\nThe rest is left out\.$/)
  })

  test('closes the code block and the fold-outs that it cuts', () => {
    const text = `<details><summary>a</summary>\n\n<details>\n\n\`\`\`mermaid\n${'graph line\n'.repeat(100)}\`\`\`\n</details>\n</details>\n`
    const cut = cutMarkdown(text, 400, 'The rest is left out.')
    expect(cut.length).toBeLessThanOrEqual(400)
    expect(cut.match(/```/g)).toHaveLength(2)
    expect(cut.match(/<\/details>/g)).toHaveLength(2)
    expect(cut.endsWith('The rest is left out.')).toBe(true)
  })

  test('without lines is cut where it must be', () => {
    const cut = cutMarkdown('x'.repeat(1000), 300, 'more')
    expect(cut.length).toBeLessThanOrEqual(300)
    expect(cut).toMatch(/^x+\nmore$/)
  })
})
