import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { breakdownsOf, type Metric, unitText } from '../../src/core/metric.ts'
import { metricChapters } from '../../src/core/metric-catalogue.ts'
import { projectRoot } from '../support/shipped.ts'

const better = { up: '↑', down: '↓', none: '–' }

function row(metric: Metric): string {
  const { id, title, unit, better: way, formula, population, source } = metric
  const cells = [
    `\`${id}\`<br>${title}`,
    unitText[unit],
    better[way],
    `${formula}<br>*${population}*`,
    breakdownsOf(metric).join(', '),
    source,
  ]
  return `| ${cells.join(' | ')} |`
}

const head = '| KPI | unit | better | formula, *population* | by | from |\n| --- | --- | :-: | --- | --- | --- |'

describe('docs/kpis.md', () => {
  const text = readFileSync(join(projectRoot, 'docs/kpis.md'), 'utf8')

  test.each(metricChapters.map(({ title, metrics }) => [title, metrics] as const))(
    'tells of every figure of “%s” as the catalogue has it, in its order',
    (title, metrics) => {
      const section = text.split(/^## /m).find((each) => each.startsWith(`${title}\n`)) ?? ''
      expect(section.slice(section.indexOf('| KPI')).trim()).toBe([head, ...metrics.map(row)].join('\n'))
    },
  )

  test('tells of nothing that the catalogue has not', () => {
    const told = Array.from(text.matchAll(/^\| `([a-z0-9-]+)`<br>/gm), ([, id]) => id)
    expect(told).toEqual(metricChapters.flatMap(({ metrics }) => metrics.map(({ id }) => id)))
  })
})
