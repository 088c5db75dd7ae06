import { describe, expect, test } from 'vitest'
import { diagramLimits } from '../../../src/core/mermaid/diagram.ts'
import { type Flowchart, type FlowNode, flowcharts } from '../../../src/core/mermaid/flowchart.ts'
import { naughtyTexts } from '../../reports/naughty.ts'

const node = (key: string, more: Partial<FlowNode> = {}): FlowNode => ({
  ...{ key, label: [key], shape: 'box', look: 'usual' },
  ...more,
})

const chain = (length: number, name = 'n'): Flowchart => ({
  title: 'Map',
  direction: 'LR',
  nodes: Array.from({ length }, (_, index) => node(`${name}${index}`)),
  edges: Array.from({ length: length - 1 }, (_, index) => ({
    ...{ from: `${name}${index}`, to: `${name}${index + 1}`, look: 'solid' as const },
  })),
})

const edgesIn = (source: string): number => source.match(/^ {2}n\d+ (?:-->|==>|-\.->)/gm)?.length ?? 0

describe('a flowchart', () => {
  test('draws things and arrows in their looks', () => {
    const nodes = [
      node('web', { label: ['Web shop', '3 incidents'], shape: 'round', look: 'critical' }),
      node('db', { shape: 'store', look: 'warned' }),
      node('lb', { shape: 'hexagon' }),
    ]
    const edges = [
      { from: 'web', to: 'lb', look: 'thick' as const },
      { from: 'lb', to: 'db', look: 'dashed' as const, label: 'reads' },
    ]
    expect(flowcharts({ title: 'Map', direction: 'TB', nodes, edges })).toEqual([
      {
        title: 'Map',
        source: [
          'flowchart TB',
          '  n0(["Web shop<br/>3 incidents"]):::critical',
          '  n1{{"lb"}}',
          '  n2[("db")]:::warned',
          '  n0 ==> n1',
          '  n1 -.->|"reads"| n2',
          '  classDef critical stroke:#cf222e,stroke-width:3px',
          '  classDef warned stroke:#bc4c00,stroke-width:2px,stroke-dasharray:5\n',
        ].join('\n'),
      },
    ])
  })

  test('of nothing is no diagram', () => {
    expect(flowcharts({ title: 'Map', direction: 'LR', nodes: [], edges: [] })).toEqual([])
  })

  test('leaves out arrows that lead nowhere', () => {
    const edges = [{ from: 'a', to: 'gone', look: 'solid' as const }]
    expect(flowcharts({ title: 'Map', direction: 'LR', nodes: [node('a')], edges })[0]?.source).not.toContain('-->')
  })

  test('keeps together what hangs together, and puts small groups into one', () => {
    const [one, two, three] = [chain(5, 'a'), chain(3, 'b'), chain(2, 'c')]
    const all = {
      ...{ title: 'Map', direction: 'LR' as const },
      nodes: [three, one, two].flatMap(({ nodes }) => nodes),
      edges: [one, two, three].flatMap(({ edges }) => edges),
    }
    const parts = flowcharts(all, 5)
    expect(parts.map(({ title }) => title)).toEqual(['Map (1 of 2)', 'Map (2 of 2)'])
    expect(parts[0]?.source).toContain('"a4"')
    expect(parts[1]?.source).toContain('"b0"')
    expect(parts[1]?.source).toContain('"c1"')
  })

  test('cuts what is too large, and draws every arrow once', () => {
    const parts = flowcharts(chain(100), 30)
    expect(parts).toHaveLength(4)
    expect(parts.reduce((sum, { source }) => sum + edgesIn(source), 0)).toBe(99)
  })

  test('keeps within the limits of GitHub, however much is connected', () => {
    const nodes = Array.from({ length: 120 }, (_, index) => node(`n${index}`, { label: ['x'.repeat(500)] }))
    const edges = nodes.flatMap((from, at) =>
      nodes.slice(at + 1, at + 12).map((to) => ({ from: from.key, to: to.key, look: 'solid' as const })),
    )
    const parts = flowcharts({ title: 'Map', direction: 'LR', nodes, edges })
    for (const { source } of parts) {
      expect(edgesIn(source)).toBeLessThanOrEqual(diagramLimits.edges)
      expect(source.length).toBeLessThanOrEqual(diagramLimits.characters)
    }
    expect(parts.reduce((sum, { source }) => sum + edgesIn(source), 0)).toBe(edges.length)
  })

  test('keeps within the limits of GitHub where all hangs on one thing, in the longest words', () => {
    const long = '"'.repeat(500)
    const nodes = ['hub', ...Array.from({ length: 1500 }, (_, index) => `leaf${index}`)].map((key) =>
      node(key, { label: [long, long] }),
    )
    const edges = nodes.slice(1).map(({ key }) => ({ from: 'hub', to: key, look: 'solid' as const, label: long }))
    const parts = flowcharts({ title: 'Map', direction: 'LR', nodes, edges })
    for (const { source } of parts) {
      expect(edgesIn(source)).toBeLessThanOrEqual(diagramLimits.edges)
      expect(source.length).toBeLessThanOrEqual(diagramLimits.characters + 500)
    }
    expect(parts.reduce((sum, { source }) => sum + edgesIn(source), 0)).toBe(1500)
  })

  test.each(naughtyTexts)('says %j within its quotes', (text) => {
    const edges = [{ from: text, to: 'b', look: 'solid' as const, label: text }]
    const source = flowcharts({ title: text, direction: 'LR', nodes: [node(text), node('b')], edges })[0]?.source ?? ''
    expect(source).toMatch(/^flowchart LR\n {2}n0\["[^"\n]*"\]\n {2}n1\["b"\]\n {2}n0 -->\|"[^"\n]*"\| n1\n$/)
    expect(source).not.toMatch(/["][^"]*[<>`;]{2}/)
  })
})
