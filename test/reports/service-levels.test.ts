import { describe, expect, test } from 'vitest'
import type { Explanation } from '../../src/core/explain.ts'
import type { Reading } from '../../src/core/reading.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import type { IncidentFacts, ReportFacts } from '../../src/core/report.ts'
import { pagePath } from '../../src/core/report-page.ts'
import { renderReports } from '../../src/reports/index.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { at, facts, incident, reading, record } from './web-shop.ts'

const templates = shippedTemplates()

function page(given: ReportFacts): string {
  return renderReports(given, templates).find(({ path }) => path === pagePath(given, 'service-levels'))?.text ?? ''
}

/** An incident with one clock of 40 h that stopped on a day. */
function stopped(id: string, day: string, used: number, rest: Partial<Reading> = {}): IncidentFacts {
  const { start: _, stop: __, ...more } = rest
  const told = reading(id, { start: `${day}T00:00`, stop: `${day}T23:00`, used, of: 40, ...more })
  return incident(id, {}, [{ at: `${day}T00:00`, state: 'in_progress' }], [told])
}

/** As many incidents of a month, of which the first few were breached. */
function month(name: string, count: number, breached: number): readonly IncidentFacts[] {
  return Array.from({ length: count }, (_, index) =>
    stopped(
      `INC-${name}-${String(index).padStart(2, '0')}`,
      `${name}-${String(1 + (index % 28)).padStart(2, '0')}`,
      index < breached ? 41 : 10,
    ),
  )
}

function march(incidents: readonly IncidentFacts[], more: Partial<Parameters<typeof facts>[0]> = {}): string {
  return page(facts({ period: '2026-03', incidents, ...more }))
}

const gold = (fields: Data = {}): RecordDoc =>
  record('sla', 'webshop-gold', {
    ...{ title: 'Gold support', kind: 'sla', customer: 'retail', objective: 95, state: 'active' },
    applies_to: { type: 'incident', service: ['webshop'] },
    targets: { resolution: { stop: ['resolved'], target: 'PT40H', calendar: 'always' } },
    ...fields,
  })

describe('the head of the page on service levels', () => {
  test('says what was met, and that the objective was reached', () => {
    const text = march(month('2026-03', 20, 1))
    expect(text).toContain('19 of 20 clocks that stopped met their targets (95 %, `sla-compliance`).')
    expect(text).toContain('The only objective agreed with customers that has data was reached.')
    expect(text).not.toContain('was missed')
    expect(text).not.toContain('missed was')
  })

  test('names the objective that was missed', () => {
    const text = march(month('2026-03', 20, 2))
    expect(text).toContain(
      'The only objective agreed with customers that has data was missed: Gold support, resolution (90 % of 20 against 95 %).',
    )
    expect(text).toContain('| resolution | 90 % of 20 | 95 %, **missed** | 2 |')
  })

  test('says what became worse beyond chance, with its test, and nothing of it where nothing did', () => {
    const before = [...month('2026-01', 20, 1), ...month('2026-02', 20, 1)]
    const worse = march([...before, ...month('2026-03', 20, 12)], { since: '2025-12-01T00:00' })
    expect(worse).toMatch(
      /Beyond chance against the 3 earlier periods: Gold support, resolution \*\*worse\*\* \(p after Holm below 0\.001\)/,
    )
    const same = march([...before, ...month('2026-03', 20, 2)], { since: '2025-12-01T00:00' })
    expect(same).toContain(
      "No change against the 3 earlier periods can be told from chance (Fisher's exact test, Holm's correction).",
    )
    expect(same).not.toContain('Beyond chance')
  })

  test('says what is beyond its target and at risk now, and when the next is due', () => {
    const open = (id: string, used: number): IncidentFacts =>
      incident(
        id,
        {},
        [{ at: '2026-03-30T08:00', state: 'in_progress' }],
        [reading(id, { start: '2026-03-30T08:00', used, of: 40 })],
      )
    expect(march([open('INC-1', 41), open('INC-2', 35), open('INC-3', 5)])).toContain(
      '1 open clock is beyond its target, and 1 at risk, the next due 2026-04-01 00:00.',
    )
    expect(march([open('INC-3', 5)])).toContain('No open clock is beyond its target.')
  })

  test('says that there is no data where no clock stopped', () => {
    const open = incident(
      'INC-1',
      {},
      [{ at: '2026-03-30T08:00', state: 'new' }],
      [reading('INC-1', { start: '2026-03-30T08:00', used: 1, of: 40 })],
    )
    const text = march([open])
    expect(text).toContain('No clock stopped in the period: there is no data on what was kept.')
    expect(text).not.toMatch(/\b(?:0|100) %/)
  })
})

describe('targets that nobody agreed to', () => {
  test('are called so, and break no promise', () => {
    const text = march(month('2026-03', 20, 12), { slas: [gold({ assumed: true })] })
    expect(text).toContain(
      'Nobody has agreed to the targets called assumed: Gold support (assumed), resolution 40 % of 20.',
    )
    expect(text).not.toMatch(/objectives? agreed with customers|service-levels-budget|\*\*missed/)
  })
})

describe('an error budget', () => {
  test('says what the objective forgives, what was used and what is left', () => {
    expect(march(month('2026-03', 40, 1))).toContain(
      '| **[Gold support](../../records/sla/webshop-gold.yaml)** | | | | | |\n| resolution | 95 % | 1 of 40 | 1 |',
    )
    expect(march(month('2026-03', 40, 3))).toContain('| 3 of 40 | **-1** |')
  })

  test('is told over the trend, too, and drawn where it forgives enough', () => {
    const text = march([...month('2026-02', 28, 4), ...month('2026-03', 40, 0)], { since: '2026-02-01T00:00' })
    expect(text).toContain('| 0 of 40 | 2 | 4 of 68 | **-1** |')
    expect(text).toContain(
      'more was breached than the objective forgives for Gold support, resolution (4 breached, 3 forgiven)',
    )
    expect(text).toContain('charts/service-levels-budget-1-light.svg')
  })

  test('is none without an objective, and not drawn where nothing was used', () => {
    expect(march(month('2026-03', 40, 1), { slas: [gold({ objective: undefined })] })).not.toContain('## Error budgets')
    expect(march(month('2026-03', 80, 0))).not.toContain('service-levels-budget')
  })
})

describe('what was filed after the fact', () => {
  test('spends no budget and stands apart', () => {
    const text = march([stopped('INC-1', '2026-03-02', 50, { retrospective: true }), ...month('2026-03', 20, 0)])
    expect(text).toContain('| 0 of 20 | 1 |')
    expect(text).toContain('1 clock of records filed after the fact is shown apart: 0 met.')
    expect(text).toContain('0 of 1 met |')
  })
})

describe('an agreement beneath a promise', () => {
  const ola = record('sla', 'platform-ola', {
    ...{ title: 'Platform', kind: 'ola', provider: 'platform', objective: 90, state: 'active' },
    applies_to: { type: 'incident' },
    targets: { handling: { while: { team: ['platform'] }, stop: ['resolved'], target: 'PT4H', calendar: 'always' } },
  })
  const shop = record('service', 'webshop', { title: 'Web shop', owner: 'platform', state: 'operational' })
  const both = (used: number): IncidentFacts => {
    const clock = { start: '2026-03-02T00:00', stop: '2026-03-04T00:00' }
    return incident(
      'INC-1',
      {},
      [{ at: '2026-03-02T00:00', state: 'resolved' }],
      [
        reading('INC-1', { ...clock, used: 41, of: 40 }),
        reading('INC-1', { ...clock, sla: 'platform-ola', kind: 'ola', target: 'handling', used, of: 4 }),
      ],
    )
  }

  test('stands beside it, with how often both were broken together', () => {
    const text = march([both(5)], { slas: [gold(), ola], services: [shop] })
    expect(text).toContain('It stands on')
    expect(text).toContain('| Platform | handling | 0 % of 1 | 90 %, **missed** |')
    expect(text).toContain('In its only breach one of these was breached on the same record.')
    expect(march([both(3)], { slas: [gold(), ola], services: [shop] })).toContain(
      'In its only breach none of these was breached',
    )
  })

  test('is named where its clocks never ran', () => {
    const text = march(month('2026-03', 2, 0), { slas: [gold(), ola], services: [shop] })
    expect(text).toContain('It also stands on platform-ola, whose clocks never ran.')
  })
})

describe('availability', () => {
  const down = (from: string, to: string): IncidentFacts =>
    incident(
      'INC-1',
      { outage: [{ from: `${from}:00Z`, to: `${to}:00Z` }] },
      [{ at: from, state: 'resolved' }],
      [reading('INC-1', { start: from, stop: to, used: 1, of: 40 })],
    )
  const objective = record('kpi', 'shop-up', {
    ...{ title: 'The shop is there', formula: 'availability', scope: { service: 'webshop' }, target: 99.9 },
  })

  test('is told in minutes against the objective that a KPI sets', () => {
    const text = march([down('2026-03-05T08:00', '2026-03-05T09:00')], { improving: { kpis: [objective] } })
    // March has 44,640 minutes, of which 99.9 % forgives 44.6.
    expect(text).toMatch(
      /\| Web shop \| 99\.865 % \| 60 min \| 1 \| \[shop-up\]\(\S+\) 99\.9 % \| 44\.6 min \| \*\*-15\.4 min\*\* \|/,
    )
    expect(text).toContain('charts/service-levels-downtime-1-light.svg')
  })

  test('is no data where no incident has ever told of an outage', () => {
    const text = march(month('2026-03', 2, 0), { improving: { kpis: [objective] } })
    expect(text).toMatch(
      /\| Web shop \| no data \| no data \| no data \| \[shop-up\]\(\S+\) 99\.9 % \| 44\.6 min \| no data \|/,
    )
    expect(text).not.toContain('service-levels-downtime')
  })

  test('is no data of a service that is not in operation', () => {
    const other = incident(
      'INC-2',
      { service: 'mail', outage: [{ from: '2026-03-05T08:00:00Z', to: '2026-03-05T09:00:00Z' }] },
      [{ at: '2026-03-05T08:00', state: 'resolved' }],
    )
    const told = (state: string): string =>
      march([...month('2026-03', 2, 0), other], {
        services: [record('service', 'webshop', { title: 'Web shop', state })],
        improving: { kpis: [objective] },
      })
    expect(told('operational')).toContain('| Web shop | 100.000 % | 0 min | 0 |')
    expect(told('pipeline')).toContain('| Web shop | no data | no data | no data |')
    const retired = { services: [record('service', 'webshop', { title: 'Web shop', state: 'retired' })] }
    expect(march([down('2026-03-05T08:00', '2026-03-05T08:10')], retired)).toContain(
      '| Web shop | no data | 10 min | 1 |',
    )
  })

  test('is told without an objective where a service was down, and left out where none was', () => {
    expect(march([down('2026-03-05T08:00', '2026-03-05T08:10')])).toContain(
      '| Web shop | 99.977 % | 10 min | 1 | none | – | – |',
    )
    expect(march(month('2026-03', 2, 0))).not.toContain('## Availability')
  })
})

describe('the account of a breach', () => {
  test('says how its time adds up between the commits, and what tells every hour of it', () => {
    const [broken] = month('2026-03', 1, 1)
    const [clock] = broken?.readings ?? []
    if (!broken || !clock) throw new Error('there is no clock')
    const commit = { commit: 'd'.repeat(40), position: 1, at: clock.start, provenance: 'claimed', by: 'Ada' } as const
    const stretch = { priority: 'P3', calendar: 'office', open: 3600, counted: 3600 } as const
    const account: Explanation = {
      ...{ reading: clock, agreements: [], calendars: [], atRiskPercent: 75, after: [], sentence: 'It was breached' },
      stretches: [
        {
          ...stretch,
          kind: 'running',
          from: at('2026-03-01T08:00'),
          until: at('2026-03-01T09:00'),
          reason: 'in_progress',
          total: 3600,
          edge: { commit, basis: 'recorded' },
        },
        {
          ...stretch,
          kind: 'closed',
          from: at('2026-03-01T09:00'),
          until: at('2026-03-02T08:00'),
          open: 0,
          counted: 0,
          total: 3600,
        },
        { ...stretch, kind: 'running', from: at('2026-03-02T08:00'), until: at('2026-03-02T09:00'), total: 7200 },
      ],
    }
    const text = march([broken], { accounts: [account] })
    expect(text).toContain('| 2026-03-01 08:00 | 2026-03-02 09:00 | in progress | 2 h | 2 h | Ada, `dddddddddd` |')
    expect(text).toContain('`gitsm explain INC-2026-03-00 --as-of 2026-04-01T00:00:00Z`')
    expect(march([broken])).not.toContain('### How the worst came about')
  })

  test('of a promise to a customer comes before that of a larger overrun between teams', () => {
    const text = march([
      stopped('INC-1', '2026-03-02', 41),
      stopped('INC-2', '2026-03-03', 400, { sla: 'platform-ola', kind: 'ola', target: 'handling' }),
    ])
    const breaches = text.slice(text.indexOf('## Breaches'))
    expect(breaches.match(/\[INC-\d\]/g)?.slice(0, 2)).toEqual(['[INC-1]', '[INC-2]'])
  })
})
