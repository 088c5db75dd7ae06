import { readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileTemplates } from '../../src/adapters/template.ts'
import { Fault } from '../../src/core/fault.ts'
import { feedFiles } from '../../src/core/feed/feed-files.ts'
import type { ReportFacts } from '../../src/core/report.ts'
import { pageOf, pagePath } from '../../src/core/report-page.ts'
import { renderReports, reports } from '../../src/reports/index.ts'
import { exampleMonth } from './example.ts'
import { naughtyTexts } from './naughty.ts'
import { shapeOf } from './page-shape.ts'
import { shippedSources, shippedTemplates } from './shipped-templates.ts'
import { facts, incident, reading } from './web-shop.ts'

const templates = shippedTemplates()

function page(given: ReportFacts, name: string): string {
  return renderReports(given, templates).find(({ path }) => path === pagePath(given, name))?.text ?? ''
}

function audit(pages: readonly { readonly path: string; readonly text: string }[]): string {
  return pages.find(({ path }) => path.endsWith('/audit.md'))?.text ?? ''
}

function part(text: string, head: string): string {
  return text.slice(text.indexOf(head)).split(/\n##? /)[0] ?? ''
}

describe('the list of reports', () => {
  test('names every file of the folder', () => {
    const files = readdirSync(new URL('../../src/reports/', import.meta.url)).filter((file) => file !== 'index.ts')
    expect(reports.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted())
  })

  test('has a template for each, and no template is left over', () => {
    const names = [...shippedSources().keys()].filter((name) => !name.startsWith('_'))
    // The pages of the change advisory board lie beside those of the reports, and what pages of an organisation, and of records, share.
    const pages = [...reports.map(({ name }) => name), 'cab-agenda', 'cab-minutes', 'own', 'record']
    expect(names.toSorted()).toEqual(pages.toSorted())
  })

  test('links every page to all others', () => {
    const given = exampleMonth()
    for (const { name } of reports) {
      const others = reports.map((report) => report.name).filter((other) => other !== name)
      expect(pageOf(given, name).pages.map((link) => link.name)).toEqual(others)
    }
  })

  test('says on every page which clocks of the period rest on dates in doubt', () => {
    const given = (period: string) =>
      facts({
        period,
        incidents: [
          incident(
            'INC-1',
            {},
            [{ at: '2026-03-02T09:00', state: 'new' }],
            [reading('INC-1', { start: '2026-03-02T09:00', stop: '2026-03-02T10:00', used: 1, of: 4, doubtful: true })],
          ),
          incident(
            'INC-2',
            {},
            [{ at: '2026-03-03T09:00', state: 'new' }],
            [reading('INC-2', { start: '2026-03-03T09:00', stop: '2026-03-03T10:00', used: 1, of: 4 })],
          ),
        ],
      })
    const told =
      '1 clock rests on a commit date that others contradict, so that what the figures say of INC-1 is not proved'
    for (const { name } of reports) expect(page(given('2026-03'), name)).toContain(`**${told}** (\`date-in-doubt\`)`)
    expect(pageOf(given('2026-04'), 'csi').doubts).toEqual([])
  })

  test('says what each report tells', () => {
    for (const { summary } of reports) expect(summary.length).toBeGreaterThan(20)
  })

  test('a report without a template is a fault with a cure', () => {
    expect(() => renderReports(exampleMonth(), new Map())).toThrow(Fault)
  })
})

describe('the pages of a month', () => {
  const given = exampleMonth()
  const pages = renderReports(given, templates)

  test('stand at the top and in a folder for the period', () => {
    const [, ...others] = reports.map(({ name }) => `reports/2026-11/${name}.md`)
    expect(pages.map(({ path }) => path)).toEqual(['reports/README.md', ...others])
  })

  test.each(pages.map(({ path, text }) => [path, text] as const))('%s reads as it did', async (path, text) => {
    await expect(text).toMatchFileSnapshot(`../data/${path}`)
  })

  test('are the same whatever the order of the records', () => {
    const reversed = {
      ...given,
      incidents: given.incidents.toReversed(),
      services: given.services.toReversed(),
      teams: given.teams.toReversed(),
      slas: given.slas.toReversed(),
      gaps: given.gaps.toReversed(),
      improving: {
        ...given.improving,
        kpis: given.improving.kpis.toReversed(),
        measurements: given.improving.measurements.toReversed(),
        commentary: given.improving.commentary.toReversed(),
        improvements: given.improving.improvements.toReversed(),
      },
    }
    expect(renderReports(reversed, templates)).toEqual(pages)
  })

  test('are the same in whatever zone the machine stands', () => {
    const zone = process.env['TZ']
    try {
      for (const other of ['Asia/Kolkata', 'America/St_Johns']) {
        process.env['TZ'] = other
        expect(renderReports(given, templates)).toEqual(pages)
      }
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })

  test('read as the templates of the organisation say', () => {
    const own = new Map([
      ...shippedSources(),
      ['incidents', '# {{plural opened "ticket" "tickets"}} in {{md period.title}}'],
    ])
    const changed = renderReports(given, compileTemplates(own))
    const isOwn = ({ path }: { readonly path: string }): boolean => path === 'reports/2026-11/incidents.md'
    expect(changed.find(isOwn)?.text).toBe('# 40 tickets in November 2026\n')
    expect(changed.filter((page) => !isOwn(page))).toEqual(pages.filter((page) => !isOwn(page)))
  })

  test('name the commit and the as-of instant, and no time of writing', () => {
    for (const { text } of pages)
      expect(text).toContain(`\nAs of 2026-12-01 00:00 (UTC), from commit \`${given.commit.slice(0, 10)}\`.`)
    expect(audit(pages)).toContain(`rest on commit \`${given.commit}\`.`)
  })

  test('say how their times are known, and what speaks against them', () => {
    for (const { text } of pages)
      expect(text).toContain('Times are as the commits give them; nobody else vouches for them')
    const attested = given.incidents.map(({ moments, ...incident }) => ({
      ...incident,
      moments: moments.map((moment) => ({ ...moment, commit: { ...moment.commit, provenance: 'attested' as const } })),
    }))
    const findings = [{ rule: 'history-rewritten' as const, message: 'The mainline was *rewritten*', hint: 'x' }]
    const anchor = { sequence: 1234, digest: `sha256:${'0'.repeat(64)}`, ledger: 'origin/gitsm-ledger', byHand: 2 }
    const evidence = { ...given.evidence, findings, anchor }
    const known = renderReports({ ...given, incidents: attested, evidence }, templates)
    for (const { text } of known) {
      expect(text).toContain('All 144 times of the period are vouched for')
      expect(text).toContain('**The mainline was \\*rewritten\\*** (`history-rewritten`)')
    }
    expect(audit(known)).toContain(
      `Seen by entry 1234 of the ledger gitsm-ledger, \`${anchor.digest}\`; 2 of the entries up to it dated by hand.`,
    )
    const mixed = given.incidents.map((incident, index) => (index % 2 === 0 ? (attested[index] ?? incident) : incident))
    for (const { text } of renderReports({ ...given, incidents: mixed }, templates))
      expect(text).toMatch(/Of the 144 times of the period, \d+ are known from their commits alone, the others are/)
  })

  test('lead only to each other and to records that exist', () => {
    const known = new Set([
      ...pages.map(({ path }) => path),
      ...Object.values(feedFiles).map(({ file }) => `reports/${file}`),
      ...given.incidents.map(({ file }) => file),
      ...given.tree.all.map(({ file }) => file),
      ...given.improving.improvements.map(({ file }) => file),
      ...[given.improving.kpis, given.improving.measurements, given.improving.commentary]
        .flat()
        .map(({ file }) => file),
    ])
    for (const { path, text } of pages) {
      const addresses = [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '')
      const targets = addresses.filter((to) => !to.startsWith('#')).map((to) => posix.join(posix.dirname(path), to))
      expect(addresses.filter((to) => to.startsWith('#') && !anchorsOf(text).includes(to))).toEqual([])
      expect(targets.length).toBeGreaterThan(2)
      expect(targets.filter((target) => !known.has(target))).toEqual([])
    }
  })

  test('hold no table without rows', () => {
    for (const { text } of pages) expect(text).not.toMatch(/^\|(?: -+:? \|)+\n(?!\|)/m)
  })

  test('say each row with as many cells as its head', () => {
    for (const { text } of pages) {
      for (const table of text.match(/(?:^\|.*\n)+/gm) ?? []) {
        const widths = new Set(
          table
            .trim()
            .split('\n')
            .map((row) => row.split('|').length),
        )
        expect([...widths], table).toHaveLength(1)
      }
    }
  })
})

describe('text from records', () => {
  const rendered = (text: string): readonly string[] =>
    renderReports(exampleMonth(text, [10, 11], 8), templates).map(({ text }) => text)
  const expected = rendered('x').map((text) => shapeOf(text))

  // Also where no schema would have let it in, such as in the id of a team. All of them wherever schemas do: every-text.
  const some = naughtyTexts.filter((_, index) => process.env['GITSM_TEST_LONG'] === '1' || index % 5 === 0)
  test.each(some)('%j changes the shape of no page', (text) => {
    expect(rendered(text).map((each) => shapeOf(each))).toEqual(expected)
  })

  test('brings no image and no link that leaves the repository', () => {
    const text =
      '![x](https://example.org/x.png) [y](https://example.org) https://example.org <img src="//example.org">'
    for (const each of rendered(text)) {
      const shape = shapeOf(each, true)
      expect(shape.split('\n').filter((line) => /image|html/.test(line) && !isOwn(line))).toEqual([])
      expect(shape).not.toMatch(/link (?:\w+:|\/\/)/)
    }
  })
})

/** The addresses that GitHub gives the headings of a page. */
function anchorsOf(text: string): readonly string[] {
  const heads = [...text.matchAll(/^#+ (.*)$/gm)].map((match) => match[1] ?? '')
  return heads.map(
    (head) =>
      `#${head
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')}`,
  )
}

/** A picture of the page's own, or what folds a long table. */
function isOwn(line: string): boolean {
  return /^ *html (?:<(?:picture|\/picture|details|\/details|summary)>|<(?:source|img) [^>]*charts\/[a-z0-9-]+\.svg")/.test(
    line,
  )
}

describe('an empty period', () => {
  const nothing = facts({ period: '2026-03', incidents: [], slas: [], services: [], teams: [] })

  test('says that there is no data, on every page', () => {
    for (const { name } of reports) expect(page(nothing, name)).toMatch(/no data/i)
  })

  test('claims nothing', () => {
    for (const { name } of reports) {
      expect(page(nothing, name)).not.toMatch(/\b100 %|\b0 %|NaN|undefined|null|\bbetter\b|\bworse\b/)
    }
  })
})

describe('the improvement report', () => {
  const text = page(exampleMonth(), 'csi')

  test('walks the seven steps', () => {
    expect(text.match(/^## \d\. .*/gm)).toEqual([
      '## 1. What should be measured',
      '## 2. What can be measured',
      '## 3. Data gathered',
      '## 4. Data processed',
      '## 5. Analysed',
      '## 6. Presented',
      '## 7. To be implemented',
    ])
  })

  test('says first what to do next, which step 7 says with evidence and command', () => {
    const suggestions = part(text, '## 7.')
    const titles = [...suggestions.matchAll(/^1\. \*\*(.*?)\.\*\*/gm)].map((match) => match[1])
    expect(titles.length).toBeGreaterThan(3)
    expect(text).toContain(`- **What to do next.** ${titles.slice(0, 3).join('; ')}. Evidence and commands stand in`)
    expect(suggestions.match(/^ +`gitsm (?:new|move) .*`$/gm)?.length).toBeGreaterThan(3)
  })

  test('names what rose beyond chance, with its test', () => {
    expect(text).toContain(
      '- **Better or worse.** Incidents opened: **higher** than in the earlier months, beyond chance.',
    )
    expect(text).toContain('- Incidents opened: **higher** (usual range 6.5 to 13.5)')
    expect(text).toMatch(/- Targets met \(Gold support, resolution\): \*\*worse\*\* \(p after Holm below 0\.001\)/)
    expect(text).not.toMatch(/Targets met \(Gold support, response\): \*\*/)
  })

  test('finds no change where nothing changed', () => {
    const same = ['01', '02'].flatMap((month) =>
      Array.from({ length: 10 }, (_, index) =>
        incident(`INC-${month}-${index}`, {}, [
          { at: `2026-${month}-02T08:00`, state: 'new' },
          { at: `2026-${month}-02T1${index}:00`, state: 'resolved' },
        ]),
      ),
    )
    const quiet = page(facts({ period: '2026-02', since: '2025-12-01T00:00', incidents: same }), 'csi')
    expect(quiet).toMatch(
      /- \*\*Better or worse\.\*\* None of the \d+ figures compared with the earlier months has changed beyond chance\.\n/,
    )
    expect(part(quiet, '## In short')).not.toMatch(/\*\*(better|worse|higher|lower|fewer|more|fallen|risen)\*\*/)
  })

  test('compares nothing with a time before the history began', () => {
    const young = page({ ...exampleMonth(), since: exampleMonth().period.from }, 'csi')
    expect(young).toContain('- **Better or worse.** No figure could be compared with earlier months:')
    expect(young).toContain('The history begins at 2026-11-01 00:00, within the periods of the trend.')
  })

  test('says that a period is not over', () => {
    const running = { ...exampleMonth(), asOf: exampleMonth().period.until - 3600 }
    expect(page(running, 'csi')).toContain('The period is not over')
    expect(page(running, 'csi')).toContain('not compared: period not over')
    expect(text).not.toContain('The period is not over')
  })
})

describe('the service level report', () => {
  const start = '2026-03-02T08:00'
  const stop = '2026-03-05T08:00'
  const one = (id: string, used: number, retrospective: boolean): ReturnType<typeof incident> =>
    incident(id, {}, [{ at: start, state: 'in_progress' }], [reading(id, { start, stop, used, of: 40, retrospective })])

  test('keeps what was filed late out of compliance and shows it apart', () => {
    const text = page(
      facts({ period: '2026-03', incidents: [one('INC-1', 41, false), one('INC-2', 1, true)] }),
      'service-levels',
    )
    expect(text).toContain('| resolution | 0 % of 1 | 95 %, **missed** | 1 | 0 |')
    expect(text).toContain('1 clock of records filed after the fact is shown apart: 1 met.')
  })

  test('lists each breach with what it used, what was allowed, and by how much', () => {
    const text = page(facts({ period: '2026-03', incidents: [one('INC-1', 42.5, false)] }), 'service-levels')
    expect(text).toContain('| [INC-1](../../records/incident/2026/INC-1.yaml) Incident INC-1 |')
    expect(text).toContain('| 42 h 30 min of 40 h | 2 h 30 min |')
  })

  test('names an SLA whose clocks never ran', () => {
    expect(page(facts({ period: '2026-03', incidents: [] }), 'service-levels')).toContain(
      '- [webshop-gold](../../records/sla/webshop-gold.yaml): Gold support',
    )
  })
})
