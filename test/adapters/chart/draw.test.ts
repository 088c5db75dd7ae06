import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { drawChart } from '../../../src/adapters/chart/draw.ts'
import type { Chart } from '../../../src/core/chart/chart.ts'
import { themes } from '../../../src/core/chart/picture.ts'
import { naughtyList } from '../../reports/naughty-list.ts'
import { gallery } from './gallery.ts'

const kinds: readonly Chart[] = Object.values(gallery())

/** The elements of a picture with their attributes, as an independent parser of XML reads them. */
function elementsOf(
  svg: string,
): readonly { readonly name: string; readonly attributes: object; readonly text: string }[] {
  expect(XMLValidator.validate(svg)).toBe(true)
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    parseTagValue: false,
    htmlEntities: true,
  })
  const found: { name: string; attributes: object; text: string }[] = []
  const walk = (nodes: readonly Record<string, unknown>[]): void => {
    for (const node of nodes) {
      const name = Object.keys(node).find((key) => key !== ':@')
      const children = name === undefined ? undefined : node[name]
      if (name === undefined || name === '#text' || !Array.isArray(children)) continue
      const text = children.map((child) => ('#text' in child ? String(child['#text']) : '')).join('')
      found.push({ name, attributes: Object(node[':@'] ?? {}), text })
      walk(children)
    }
  }
  walk(parser.parse(svg))
  return found
}

function textsIn(svg: string): readonly string[] {
  return elementsOf(svg).flatMap(({ name, text }) => (name === 'text' ? [text] : []))
}

describe.each(kinds)('a $kind chart', (chart) => {
  const drawn = drawChart(chart)

  test.each(themes)('looks as it did in the %s theme', async (theme) => {
    await expect(drawn[theme]).toMatchFileSnapshot(`../../data/charts/${chart.kind}-${theme}.svg`)
  })

  test('is the same bytes however many were drawn before', () => {
    expect(drawChart(chart)).toEqual(drawn)
  })

  test('says to those who do not see it what it shows', () => {
    for (const theme of themes) {
      const [svg, title, desc] = elementsOf(drawn[theme])
      expect(svg).toMatchObject({ name: 'svg', attributes: { '@_role': 'img', '@_aria-labelledby': 'title desc' } })
      expect(title).toMatchObject({ name: 'title', attributes: { '@_id': 'title' }, text: chart.title })
      expect(desc).toMatchObject({ name: 'desc', attributes: { '@_id': 'desc' } })
      expect(desc?.text).toBe(`${chart.description} ${chart.source}`)
    }
  })

  test('shows title, unit and source', () => {
    expect(textsIn(drawn.light)).toEqual(expect.arrayContaining([chart.title, chart.unit, chart.source]))
  })

  test('brings no script, style sheet, foreign content, event or address', () => {
    const plain = new Set('svg title desc text g rect line polygon polyline path circle defs clipPath'.split(' '))
    for (const theme of themes) {
      for (const { name, attributes } of elementsOf(drawn[theme])) {
        expect(plain, name).toContain(name)
        for (const [key, value] of Object.entries(attributes)) {
          expect(key).not.toMatch(/^@_(on|href|src|xlink)/)
          if (key !== '@_xmlns') expect(String(value)).not.toMatch(/\/\/|url\((?!#clip-\d+\))/)
        }
      }
    }
  })

  test('is painted in colours of the theme alone, and on no ground of its own', () => {
    for (const theme of themes) expect(drawn[theme]).not.toMatch(/ink-|fill="(?!none|#)[^"]/)
    expect(drawn.light).not.toBe(drawn.dark)
  })

  test('stays within its frame', () => {
    const [svg] = elementsOf(drawn.light)
    expect(svg?.attributes).toMatchObject({ '@_width': '800' })
    for (const { attributes } of elementsOf(drawn.light)) {
      for (const key of ['@_x', '@_x1', '@_x2', '@_cx']) {
        const at = Number(Reflect.get(attributes, key) ?? 0)
        expect(at).toBeGreaterThanOrEqual(-12)
        expect(at).toBeLessThanOrEqual(800)
      }
    }
  })
})

describe('text from records in a chart', () => {
  test('stays text, whatever it says', () => {
    const rest = [...naughtyList]
    while (rest.length > 0) {
      for (const chart of Object.values(gallery(() => rest.pop() ?? '…'))) {
        const elements = elementsOf(drawChart(chart).light)
        for (const name of new Set(elements.map((element) => element.name))) {
          expect(name).toMatch(/^(svg|title|desc|text|g|rect|line|polygon|path|circle|defs|clipPath)$/)
        }
        expect(JSON.stringify(elements.map(({ attributes }) => attributes))).not.toMatch(
          /javascript|onerror|example\.org/i,
        )
      }
    }
  })

  test('that cannot stand in XML or that reorders what is read is replaced', () => {
    const svg = drawChart({ ...gallery().line, title: 'a\u0000b\u202ec\ud800d' }).light
    expect(elementsOf(svg)[1]?.text).toBe('a\ufffdb\ufffdc\ufffdd')
  })
})

describe('a chart without figures', () => {
  const { line, bars, pareto, heatmap, control, 'burn-down': burnDown } = gallery()
  const empty: readonly Chart[] = [
    { ...line, series: line.series.map(({ name, values }) => ({ name, values: values.map(() => null) })) },
    { ...line, categories: [], series: [] },
    { ...bars, series: [], lines: [], categories: [] },
    { ...pareto, items: [], total: 0 },
    {
      ...heatmap,
      values: [
        [0, 0, 0],
        [null, null, null],
      ],
    },
    { ...control, categories: [], values: [], limits: null },
    { ...burnDown, left: burnDown.left.map(() => null) },
  ]

  test.each(empty)('says so ($kind)', (chart) => {
    expect(textsIn(drawChart(chart).light)).toContain('no data')
  })
})

describe('what a chart says beside its figures', () => {
  const { line, bars, pareto, control, 'burn-down': burnDown } = gallery()

  test('a line ends with its name and its last figure', () => {
    expect(textsIn(drawChart(line).light)).toEqual(expect.arrayContaining(['Gold 91.2 %', 'Silver 92.8 %']))
  })

  test('a line without a figure says so in the legend', () => {
    const series = [...line.series, { name: 'Bronze', values: line.categories.map(() => null) }]
    expect(textsIn(drawChart({ ...line, series }).light)).toContain('Bronze: no data')
  })

  test('the bars of a Pareto chart that make four fifths together stand out from the rest', () => {
    const svg = drawChart(pareto).light
    expect(svg.match(/<path [^>]*fill="#0a5ea8"/g)).toHaveLength(2)
    expect(svg.match(/<path [^>]*fill="#9aa4ae"/g)).toHaveLength(1)
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['55 %', '85 %', '100 %']))
  })

  test('the shares of a Pareto chart are of all things, those left out included', () => {
    expect(textsIn(drawChart({ ...pareto, total: 80 }).light)).toEqual(expect.arrayContaining(['28 %', '43 %', '50 %']))
  })

  test('a figure beyond the limits is a diamond with its value, and only that', () => {
    const svg = drawChart(control).light
    const diamonds = elementsOf(svg).filter(({ name }) => name === 'polygon')
    expect(diamonds).toHaveLength(2) // One of them stands in the legend.
    expect(textsIn(svg)).toEqual(expect.arrayContaining(['52', 'mean 29.6', 'upper limit 37.7', 'lower limit 21.5']))
    const within = drawChart({ ...control, values: control.values.map((value) => Math.min(value ?? 0, 37.7)) }).light
    expect(elementsOf(within).some(({ name }) => name === 'polygon')).toBe(false)
  })

  test('a control chart of few values says that it has no limits', () => {
    expect(textsIn(drawChart({ ...control, limits: null }).light)).toContain('too few values for limits')
  })

  test('a budget says what is left, or by how much it is overspent', () => {
    expect(textsIn(drawChart(burnDown).light)).toContain('overspent by 3')
    const saved = { ...burnDown, left: burnDown.left.map((value) => (value === null ? null : Math.abs(value))) }
    expect(textsIn(drawChart(saved).light)).toContain('3 left')
  })

  test('bars beside each other carry their figures when they lie, and a series without any says so', () => {
    const series = [...bars.series, { name: 'Reopened', values: bars.categories.map(() => 0) }]
    const texts = textsIn(drawChart({ ...bars, orientation: 'horizontal', lines: [], series }).light)
    expect(texts).toEqual(expect.arrayContaining(['30', '28', '41', '44', 'Opened', 'Reopened: none']))
  })

  test('what failed has one colour, in whatever company', () => {
    const failed = { name: 'Failed', tone: 'bad' as const, values: bars.categories.map(() => 2) }
    for (const series of [[failed], [...bars.series, failed]]) {
      const svg = drawChart({ ...bars, series, lines: [] }).light
      expect(svg.match(/<path [^>]*fill="#b42318"/g)).toHaveLength(6)
    }
  })

  test('bars in a stack carry their sum', () => {
    const stack = drawChart({ ...bars, stacked: true, lines: [] }).light
    expect(textsIn(stack)).toEqual(expect.arrayContaining(['58', '57', '77', '73', '75', '84']))
  })
})
