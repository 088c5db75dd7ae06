import { describe, expect, test } from 'vitest'
import { gitHubPage, headingName } from '../support/browser/github-page.ts'
import { deadEnds } from '../support/browser/page-folder.ts'

describe('a page as GitHub shows it', () => {
  test('keeps no script, no style, no handler and no address that runs', () => {
    const { html, links } = gitHubPage(
      '<script>a()</script><style>p{}</style>\n\n<p onclick="a()" style="color:red">x</p>\n\n[y](javascript:a\\(\\))',
    )
    expect(html).not.toMatch(/script|style|onclick/)
    expect(html).toContain('<p>x</p>')
    expect(links).toEqual([])
  })

  test('keeps pictures that differ by theme, and folded parts', () => {
    const picture =
      '<picture><source media="(prefers-color-scheme: dark)" srcset="d.svg"><img alt="a" src="l.svg"></picture>'
    const { html, images } = gitHubPage(`${picture}\n\n<details><summary>more</summary>\n\n**b**\n\n</details>`)
    expect(html).toContain('<source media="(prefers-color-scheme: dark)" srcset="d.svg">')
    expect(html).toContain('<details><summary>more</summary>')
    expect(images).toEqual(['d.svg', 'l.svg'])
  })

  test('names headings, the second of a name with a number', () => {
    const { anchors, html } = gitHubPage('# Zürich: 90 % `a_b`\n\n## More\n\n## More\n\n<a id="own"></a>')
    expect([...anchors]).toEqual(['zürich-90--a_b', 'more', 'more-1', 'own'])
    expect(html).toContain('id="user-content-more-1"')
    expect(headingName('1. What should be measured')).toBe('1-what-should-be-measured')
  })

  test('makes boxes of alerts and places for diagrams', () => {
    const { html } = gitHubPage('> [!WARNING]\n> Late\n\n```mermaid\npie\n  "a" : 1\n```\n\n> [!odd]\n> x')
    expect(html).toContain('<div class="markdown-alert markdown-alert-warning">')
    expect(html).toContain('<div class="mermaid-source">pie\n  "a" : 1\n</div>')
    expect(html.match(/<blockquote>/g)).toHaveLength(1)
  })
})

test('links and pictures that lead nowhere are found, across pages', () => {
  const pages = new Map([
    [
      'reports/a.md',
      gitHubPage('[1](b.md#two) [2](b.md#three) [3](../records/c.yaml) [4](../no.yaml) [5](#none)\n\n![x](n.svg)'),
    ],
    ['reports/b.md', gitHubPage('# Two\n\n[up](a.md) [out](https://example.org)')],
  ])
  expect(deadEnds(pages, (path) => path === 'records/c.yaml')).toEqual([
    'reports/a.md: b.md#three',
    'reports/a.md: ../no.yaml',
    'reports/a.md: #none',
    'reports/a.md: n.svg',
  ])
})
