import { beforeAll, describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import type { ReportFacts } from '../../src/core/report.ts'
import { renderReports } from '../../src/reports/index.ts'
import { demoFacts } from '../support/demo-facts.ts'
import { shippedTypes } from '../support/shipped.ts'
import { freePlaces, type Saying, sayingElse } from './every-text.ts'
import { naughtyList } from './naughty-list.ts'
import { comesAlive, type SeenPage, seenPage } from './page-shape.ts'
import { shippedTemplates } from './shipped-templates.ts'

// Every text field of every record of the demo, in all its versions, on every page (T35, T36 of the threat model).

const templates = shippedTemplates()
let facts: ReportFacts

beforeAll(async () => {
  facts = await demoFacts('2026-10')
})

/** The pages with other texts, by path, as a parser sees them. */
function seen(say: Saying): ReadonlyMap<string, SeenPage> {
  return new Map(renderReports(sayingElse(facts, say), templates).map(({ path, text }) => [path, seenPage(text, true)]))
}

function shapes(pages: ReadonlyMap<string, SeenPage>): ReadonlyMap<string, string> {
  return new Map([...pages].map(([path, { shape }]) => [path, shape]))
}

/** What of running text GitHub would bring to life. */
function alive(pages: ReadonlyMap<string, SeenPage>): readonly string[] {
  return [...pages.values()].flatMap(({ text }) => text.split('\n').filter(comesAlive))
}

test('records in any order give the same pages', () => {
  const expected = renderReports(facts, templates).map(({ text }) => text)
  for (const step of [2, 3]) {
    expect(renderReports(shuffled(facts, step), templates).map(({ text }) => text)).toEqual(expected)
  }
})

/** Facts with every list of records in another order. */
function shuffled(given: ReportFacts, step: number): ReportFacts {
  const mixed = <Item>(items: readonly Item[]): readonly Item[] =>
    Array.from({ length: step }, (_, from) => items.filter((_, index) => index % step === from))
      .flat()
      .toReversed()
  const { improving } = given
  return {
    ...given,
    ...{ incidents: mixed(given.incidents), clocked: mixed(given.clocked), lives: mixed(given.lives) },
    ...{ services: mixed(given.services), teams: mixed(given.teams), slas: mixed(given.slas) },
    ...{ tree: indexRecords(mixed(given.tree.all)), gaps: mixed(given.gaps), published: mixed(given.published) },
    improving: {
      ...improving,
      ...{ kpis: mixed(improving.kpis), measurements: mixed(improving.measurements) },
      ...{ commentary: mixed(improving.commentary), improvements: mixed(improving.improvements) },
      ...{ records: mixed(improving.records), changes: mixed(improving.changes) },
    },
  }
}

describe('every text field of every record on every page', () => {
  test('is one that people write freely: titles, names, notes, reasons, of every type', () => {
    seen((usual) => usual)
    for (const type of shippedTypes) expect(freePlaces(type), type).toContain('title')
    expect(freePlaces('change')).toEqual(expect.arrayContaining(['log.*.note', 'backout_plan', 'waivers.*.reason']))
    expect(freePlaces('problem')).toEqual(expect.arrayContaining(['root_cause', 'analysis.whys.*.because']))
    expect(freePlaces('incident')).not.toEqual(expect.arrayContaining(['state']))
  })

  test.each([
    'x\n# ✅ Approved\n\n| a | b |\n<img src=//example.org> @org/cab',
    '``` `` </details> <!-- [x](javascript:alert(1)) ![y](//example.org/y.png)',
    '"] --> B["x; click A "javascript:x" %%{init: {}}%% \\" #quot; end',
    '\u202e$$x$$ {{title}} Fixes #1 :tada: www.example.org http://example.org',
    '| \\| </td></tr></table><script>alert(1)</script> - [ ] ~~x~~ **y** __z__',
    '> [!WARNING]\n> ~~~\n---\n===\n1. x\n[y]: http://example.org',
  ])('saying %j everywhere changes the shape of none, and nothing comes alive', (text) => {
    const pages = seen(() => text)
    expect(shapes(pages)).toEqual(shapes(seen(() => 'x')))
    expect(alive(pages)).toEqual([])
  })

  // Each text says which one it is, so that texts that were the same stay so, and rows keep their order.
  const rounds = process.env['GITSM_TEST_LONG'] === '1' ? 60 : 4
  test(`saying another one of ${naughtyList.length} naughty texts each changes the shape of none`, () => {
    const numbers = new Map<string, number>()
    const numbered = (usual: string): number => {
      const number = numbers.get(usual) ?? numbers.size
      numbers.set(usual, number)
      return number
    }
    const tag = (usual: string): string => `x${String(numbered(usual)).padStart(5, '0')}`
    const expected = shapes(seen(tag))
    for (let round = 0; round < rounds; round++) {
      const offset = Math.floor((round * naughtyList.length) / rounds)
      const naughty = (usual: string): string => naughtyList[(numbered(usual) * 7 + offset) % naughtyList.length] ?? ''
      const pages = seen((usual) => `${tag(usual)} ${naughty(usual)}`)
      expect(shapes(pages)).toEqual(expected)
      expect(alive(pages)).toEqual([])
    }
    expect(numbers.size).toBeGreaterThan(1000)
  })

  test('leads to records and pages of the repository, and to nothing else', () => {
    for (const { shape } of seen(() => '[y](https://example.org) https://example.org javascript:alert(1)').values()) {
      expect(shape).not.toMatch(/(?:link|image) (?:\w+:|\/\/|#$)/m)
    }
  })
})
