import { describe, expect, test } from 'vitest'
import { compileTemplates } from '../../../src/adapters/template.ts'
import type { LineChart } from '../../../src/core/chart/chart.ts'
import { picturesIn } from '../../../src/core/chart/picture.ts'
import { naughtyTexts } from '../../reports/naughty.ts'
import { shapeOf } from '../../reports/page-shape.ts'

const backlog: LineChart = {
  kind: 'line',
  title: 'Backlog',
  unit: 'incidents',
  description: 'The backlog rose from 3 to 7.',
  source: 'n = 7 incidents; KPI backlog',
  categories: ['2026-09', '2026-10'],
  series: [{ name: 'Open', values: [3, 7] }],
}

function printed(template: string, model: object): string {
  return compileTemplates(new Map([['page', template]])).get('page')?.(model) ?? ''
}

const page = (chart: LineChart) => ({ name: 'csi', charts: { backlog: chart } })

describe('a chart on a page', () => {
  test('is a picture for light and for dark, with what it shows in words', () => {
    expect(printed('{{chart "backlog"}}', page(backlog))).toBe(
      [
        '<picture>',
        '<source media="(prefers-color-scheme: dark)" srcset="charts/csi-backlog-dark.svg">',
        '<img src="charts/csi-backlog-light.svg" width="800" alt="Backlog. The backlog rose from 3 to 7.">',
        '</picture>\n',
      ].join('\n'),
    )
  })

  test('is drawn where the text of the page shows it, into the folder beside the page', () => {
    const charts = { backlog, unused: backlog }
    const text = printed('{{chart "backlog"}}', page(backlog))
    expect(picturesIn(text, 'reports/2026-10/csi.md', 'csi', charts)).toEqual([
      { path: 'reports/2026-10/charts/csi-backlog', chart: backlog },
    ])
    expect(picturesIn('No picture.', 'reports/2026-10/csi.md', 'csi', charts)).toEqual([])
  })

  test('that the page does not have names the line of the template', () => {
    expect(() => printed('\n{{chart "ageing"}}', page(backlog))).toThrow('line 2: the page has no chart "ageing"')
    expect(() => printed('{{chart "backlog"}}', { name: 'csi' })).toThrow('the page has no chart "backlog"')
    expect(() => printed('{{chart "constructor"}}', page(backlog))).toThrow('the page has no chart "constructor"')
  })

  test.each(naughtyTexts)('keeps its shape when it shows %j', (text) => {
    const shape = shapeOf(printed('{{chart "backlog"}}', page(backlog)))
    const naughty = page({ ...backlog, title: text, description: text })
    expect(shapeOf(printed('{{chart "backlog"}}', naughty))).toBe(shape)
  })
})
