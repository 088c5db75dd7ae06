import { describe, expect, test } from 'vitest'
import { ownPagesOf } from '../../src/core/own-page/own-page.ts'
import type { ReportFacts } from '../../src/core/report.ts'
import { pageNamesOf, renderReports } from '../../src/reports/index.ts'
import { exampleMonth } from './example.ts'
import { naughtyTexts } from './naughty.ts'
import { shapeOf } from './page-shape.ts'
import { shippedTemplates } from './shipped-templates.ts'

const templates = shippedTemplates()

/** The page `own` of a month, every text of which is `text`, the entry's included. */
function rendered(text?: string, entry: object = {}): string {
  const say = (usual: string): string => text ?? usual
  const pages = ownPagesOf([
    {
      name: 'mine',
      title: say('Mine'),
      summary: say('What is mine'),
      kpis: ['opened', 'mttr', 'improvement-realisation', 'speed', 'baskets'],
      by: 'team',
      charts: [{ key: 'speed', kpi: 'speed', kind: 'line', title: say('Speed') }],
      lists: [{ title: say('All'), type: 'incident', fields: ['priority', 'cis', 'service'], during: 'opened_at' }],
      ...entry,
    },
  ])
  const month = exampleMonth(text, [10, 11], 8)
  const config = { ...month.config, reports: { ...month.config.reports, pages } }
  const given: ReportFacts = { ...month, config, pages: pageNamesOf(config) }
  return renderReports(given, templates, ['mine'])[0]?.text ?? ''
}

test('shows each figure with n, and says why one is missing', () => {
  const page = rendered()
  expect(page).toMatch(/^\| Incidents opened \| `opened` \| 8 \| 8 \| – \| – \|/m)
  expect(page).toContain('| Baskets abandoned | `baskets` | no data | 0 |')
  expect(page).toContain('- Baskets abandoned is not measured: it names neither a formula nor a measurement.')
  expect(page.match(/^\| \[INC-/gm)).toHaveLength(8)
})

test('a figure that cannot be restricted as the page asks is none', () => {
  const page = rendered(undefined, { scope: { ci: 'web-1' }, charts: [] })
  expect(page).toMatch(/^\| Incidents opened \| `opened` \| 2 \| 2 \|/m)
  expect(page).toMatch(/^\| Improvements that reached their target \| `improvement-realisation` \| no data \| 0 \|/m)
  expect(page).toContain('is not measured: it cannot be restricted to a configuration item.')
})

describe('text from records and configuration', () => {
  const expected = shapeOf(rendered('x'))

  // The id of a team, by which figures are broken down, neither begins nor ends with a space.
  test.each(naughtyTexts.filter((text) => text === text.trim()))('%j does not change the shape of the page', (text) => {
    expect(shapeOf(rendered(text))).toEqual(expected)
  })
})
