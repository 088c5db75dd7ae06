import { beforeAll, describe, expect, test } from 'vitest'
import { type Export, exportParts } from '../../src/core/export.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { textAt } from '../../src/core/record.ts'
import type { ReportFacts } from '../../src/core/report.ts'
import { toldLife } from '../../src/core/told-life.ts'
import { feedsOf } from '../../src/journeys/report-feeds.ts'
import { exportCsv, exportNdjson } from '../../src/render/export.ts'
import { renderReports } from '../../src/reports/index.ts'
import { demoFacts } from '../support/demo-facts.ts'
import { shipped, shippedTypes } from '../support/shipped.ts'
import { freePlaces, type Saying, sayingElse, sayingEverywhere } from './every-text.ts'
import { calendarShape, jsonShape, tableRows, xmlShape } from './file-shape.ts'
import { naughtyList } from './naughty-list.ts'
import { comesAlive, type SeenPage, seenPage } from './page-shape.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { textPlaces } from './text-places.ts'

// Every text field of every record of the demo, in all its versions, on every page (T35, T36 of the threat model).

const templates = shippedTemplates()
const isLong = process.env['GITSM_TEST_LONG'] === '1'
const rounds = isLong ? 60 : 4

let facts: ReportFacts
/** The shapes of the pages when every text says the same. */
let plain: ReadonlyMap<string, string>

beforeAll(async () => {
  facts = sayingEverywhere(await demoFacts('2026-10'))
  plain = shapes(seen(() => 'x'))
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

const numbers = new Map<string, number>()

function numbered(usual: string): number {
  const number = numbers.get(usual) ?? numbers.size
  numbers.set(usual, number)
  return number
}

/** Each text says which one it is, so that texts that were the same stay so, and rows keep their order. */
function tag(usual: string): string {
  return `x${String(numbered(usual)).padStart(5, '0')}`
}

/** Tries facts in which every text says another naughty one, more than once, and gives the naughty texts that were said. */
function eachNaughty(tried: (say: Saying) => void): ReadonlySet<string> {
  const said = new Set<string>()
  for (let round = 0; round < rounds; round++) {
    const offset = Math.floor((round * naughtyList.length) / rounds)
    tried((usual) => {
      const naughty = naughtyList[(numbered(usual) * 7 + offset) % naughtyList.length] ?? ''
      said.add(naughty)
      return `${tag(usual)} ${naughty}`
    })
  }
  return said
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
    for (const type of shippedTypes) expect(freePlaces(type), type).toContain('title')
    expect(freePlaces('change')).toEqual(expect.arrayContaining(['log.*.note', 'backout_plan', 'waivers.*.reason']))
    expect(freePlaces('problem')).toEqual(expect.arrayContaining(['root_cause', 'analysis.whys.*.because']))
    expect(freePlaces('incident')).not.toEqual(expect.arrayContaining(['state']))
  })

  test('is every one that the schemas know, filled in records that still fit them', () => {
    for (const type of shippedTypes) {
      const held = new Set(freePlaces(type))
      expect(
        textPlaces(type).filter((place) => !held.has(place)),
        type,
      ).toEqual([])
    }
    expect(textPlaces('problem')).toEqual(expect.arrayContaining(['trend_evidence', 'log.*.note', 'source.system']))
    const wrong = facts.tree.all.flatMap(({ type, file, data }) => shipped.schemaDiagnostics(type, file, data))
    expect(wrong).toEqual([])
  })

  test.each([
    'x\n# ✅ Approved\n\n| a | b |\n<img src=//example.org> @org/cab',
    '``` `` </details> <!-- [x](javascript:alert(1)) ![y](//example.org/y.png)',
    '"] --> B["x; click A "javascript:x" %%{init: {}}%% \\" #quot; end',
    '\u202e$$x$$ {{title}} Fixes #1 :tada: www.example.org http://example.org',
    '| \\| </td></tr></table><script>alert(1)</script> - [ ] ~~x~~ **y** __z__',
    '> [!WARNING]\n> ~~~\n---\n===\n1. x\n[y]: http://example.org',
    ...(isLong ? naughtyList : []),
  ])('saying %j everywhere changes the shape of none, and nothing comes alive', (text) => {
    const pages = seen(() => text)
    expect(shapes(pages)).toEqual(plain)
    expect(alive(pages)).toEqual([])
  })

  test(`saying another one of ${naughtyList.length} naughty texts each changes the shape of none`, () => {
    const expected = shapes(seen(tag))
    expect(
      eachNaughty((say) => {
        const pages = seen(say)
        expect(shapes(pages)).toEqual(expected)
        expect(alive(pages)).toEqual([])
      }),
    ).toEqual(new Set(naughtyList))
  })

  test('leads to records and pages of the repository, and to nothing else', () => {
    for (const { shape } of seen(() => '[y](https://example.org) https://example.org javascript:alert(1)').values()) {
      expect(shape).not.toMatch(/(?:link|image) (?:\w+:|\/\/|#$)/m)
    }
  })
})

describe('every text field of every record in what programs read', () => {
  test('changes the shape of no feed', () => {
    const told = (say: Saying): readonly unknown[] =>
      feedsOf(sayingElse(facts, say), { history: { commits: [], records: new Map() } }).map(({ path, text }) => {
        if (path.endsWith('.json')) return jsonShape(JSON.parse(text))
        if (path.endsWith('.rss')) return xmlShape(text)
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        return calendarShape(text)
      })
    const expected = told(tag)
    expect(JSON.stringify(expected)).toMatch(/vevent.*item/)
    eachNaughty((say) => expect(told(say)).toEqual(expected))
  })

  test('comes out of an export as it went in, as lines and as tables', () => {
    eachNaughty((say) => {
      const given = exportOf(sayingElse(facts, say))
      const [, ...lines] = exportNdjson(given).trimEnd().split('\n')
      const told = lines.map((line) => JSON.parse(line))
      expect(told.flatMap(({ kind, data }) => (kind === 'record' ? [data] : []))).toEqual(
        given.records.map(({ data }) => data),
      )
      expect(told).toHaveLength(given.records.length + given.lives.length + given.readings.length)
      for (const part of exportParts) {
        const [head = [], ...rows] = tableRows(exportCsv(part, given))
        expect(rows.length).toBeGreaterThanOrEqual(given[part === 'timelines' ? 'lives' : part].length)
        if (part !== 'records') continue
        const titles = rows.map((row) => row[head.indexOf('title')]?.replace(/^'/, ''))
        expect(titles).toEqual(given.records.map(({ data }) => withoutControls(textAt(data, 'title') ?? '')))
      }
    })
  })
})

function exportOf({ commit, asOf, evidence, tree, lives, incidents, clocked }: ReportFacts): Export {
  const told = lives.map(({ type, id, file, moments }) => {
    const revisions = moments.map(({ commit: by, data }) => ({ kind: 'written' as const, commit: by, file, data }))
    return { type, ...toldLife({ type, id, revisions }, asOf) }
  })
  const readings = [...incidents, ...clocked].flatMap((record) =>
    record.readings.map((reading) => ({ ...reading, type: record.type })),
  )
  return { commit, asOf, evidence, parts: exportParts, records: tree.all, unreadable: [], lives: told, readings }
}

function withoutControls(text: string): string {
  return text.replaceAll(/(?![\t\n\r])[\p{Cc}\p{Cs}]/gu, '\ufffd')
}
