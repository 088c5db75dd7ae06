import { describe, expect, test } from 'vitest'
import { incidentTrend } from '../../src/core/kpi-incident.ts'
import type { RecordDoc } from '../../src/core/record.ts'
import type { IncidentFacts, ReportFacts } from '../../src/core/report.ts'
import { incidentTrendChart } from '../../src/core/report-incident-chart.ts'
import { pagePath } from '../../src/core/report-page.ts'
import { renderReports } from '../../src/reports/index.ts'
import { exampleMonth } from './example.ts'
import { shapeOf } from './page-shape.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { facts, incident, reading, record, type Step } from './web-shop.ts'

const templates = shippedTemplates()

function page(given: ReportFacts, name: string): string {
  return renderReports(given, templates).find(({ path }) => path === pagePath(given, name))?.text ?? ''
}

function part(text: string, head: string): string {
  return text.slice(text.indexOf(head)).split(/\n##? /)[0] ?? ''
}

const twoDigits = (count: number): string => String(count).padStart(2, '0')

/** One incident for each day, opened at eight and resolved after some hours. */
function daily(month: string, days: readonly number[], hours: number, fields: object = {}): IncidentFacts[] {
  return days.map((day) => {
    const date = `${month}-${twoDigits(day)}`
    return incident(`INC-${date}-${hours}`, { ...fields }, [
      { at: `${date}T08:00`, state: 'new' },
      { at: `${date}T${twoDigits(8 + hours)}:00`, state: 'resolved' },
    ])
  })
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1)

describe('what is recorded of users', () => {
  test('is counted like any other field', () => {
    const told = daily('2026-03', [1, 2, 3, 4], 1, { satisfaction: 4 })
    const text = page(facts({ period: '2026-03', incidents: [...told, ...daily('2026-03', [5], 2)] }), 'csi')
    expect(text).toContain('| `satisfaction` | 80 % | 5 |')
    expect(text).not.toContain('recorded nowhere')
  })
})

describe('targets that nobody agreed', () => {
  const [start, stop] = ['2026-03-02T08:00', '2026-03-04T08:00']
  const sla = (assumed: boolean, fields: object = {}): RecordDoc =>
    record('sla', 'webshop-gold', { title: 'Gold support', objective: 95, state: 'active', assumed, ...fields })
  const missed = incident(
    'INC-1',
    {},
    [{ at: start, state: 'in_progress' }],
    [reading('INC-1', { start, stop, used: 48, of: 40 })],
  )
  const given = (assumed: boolean, fields?: object): ReportFacts =>
    facts({ period: '2026-03', incidents: [missed], slas: [sla(assumed, fields)] })

  test('are called assumed, and no promise', () => {
    const text = page(given(true), 'csi')
    expect(text).toContain('- **Targets that nobody agreed.** 0 of 1 assumed objective was reached.')
    expect(text).toContain(
      'Gold support (assumed), resolution: 0 % of 1 clock met, **short of the assumed objective of 95 %** by 1 clock, which may be chance.',
    )
    expect(text.match(/agreed by nobody/g)).toHaveLength(1)
    expect(text).toContain('What is assumed, not promised:')
    expect(text).not.toMatch(/What was promised|\*\*Promises\.|Meet the objective/)
    expect(part(text, '## 7.').match(/^1\. \*\*.*?\*\*/m)?.[0]).toBe('1. **Agree on real targets.**')
  })

  test('are named once on the other pages that count them', () => {
    for (const name of ['dashboard', 'service-levels']) {
      expect(page(given(true), name).match(/^Targets called \*assumed\*.*\.$/gm)).toHaveLength(1)
      expect(page(given(false), name)).not.toContain('assumed')
    }
  })

  test('are counted apart from promises on the dashboard', () => {
    const late = reading('INC-2', { start, used: 48, of: 40 })
    const open = incident('INC-2', {}, [{ at: start, state: 'in_progress' }], [late])
    const summary = (assumed: boolean): string =>
      part(page({ ...given(assumed), incidents: [missed, open] }, 'dashboard'), '## In short')
    expect(summary(true)).toContain(
      '- **Targets that nobody agreed.** The one assumed objective with data was missed: Gold support (assumed), resolution (0 % of 1 met, objective 95 %). 1 running clock is past such a target; none is at risk.',
    )
    expect(summary(true)).not.toMatch(/promise|SLA/)
    expect(summary(false)).toContain('**1 promise is broken and still open**; none is at risk.')
    expect(summary(false)).toContain('The one SLA objective with data was **missed**: Gold support, resolution')
    expect(summary(false)).not.toMatch(/assumed|nobody/)
  })

  test('do not hide what was promised beside them', () => {
    const assumed = record('sla', 'guess', { title: 'A guess', objective: 50, state: 'active', assumed: true })
    const kept = reading('INC-2', { sla: 'guess', start, stop, used: 1, of: 40 })
    const incidents = [missed, incident('INC-2', {}, [{ at: start, state: 'in_progress' }], [kept])]
    const both = facts({ period: '2026-03', incidents, slas: [sla(false), assumed] })
    const summary = part(page(both, 'dashboard'), '## In short')
    expect(summary).toContain('- No promise is broken and still open; none is at risk.')
    expect(summary).toContain('The one SLA objective with data was **missed**: Gold support, resolution')
    expect(summary).toContain('The one assumed objective with data was reached.')
  })

  test('are not called so twice where the title says it', () => {
    expect(page(given(true, { title: 'Assumed targets' }), 'csi')).toContain(' Assumed targets, resolution: 0 %')
  })

  test('are promises as soon as they are agreed', () => {
    const text = page(given(false), 'csi')
    expect(text).toContain('**short of the objective of 95 %**')
    expect(text).toContain('- **Promises.** 0 of 1 SLA objective was reached.')
    expect(text).toContain('resolution of Gold support: 0 of 1 met, 95 % asked.')
    expect(text).not.toMatch(/assumed|Agree on real/)
  })
})

test('the alternative text of a picture of one period speaks of one', () => {
  const incidents = daily('2026-03', [2, 3], 2)
  const trend = incidentTrend(facts({ period: '2026-03', incidents }))
  expect(incidentTrendChart(trend.slice(-1)).description).toContain('; 1 period is shown.')
  expect(incidentTrendChart(trend.slice(-1).concat(trend.slice(-1))).description).toMatch(/; 2 periods are shown\.$/)
})

describe('services that do not work now', () => {
  const services = [record('service', 'webshop', { title: 'Web shop' }), record('service', 'mail', { title: 'Mail' })]
  const open: readonly Step[] = [{ at: '2026-03-02T09:00', state: 'in_progress' }]
  const summary = (...incidents: readonly IncidentFacts[]): string =>
    part(page(facts({ period: '2026-03', asOf: '2026-03-02T12:00', incidents, services }), 'dashboard'), '## In short')
  const link = (id: string): string => `[${id}](../records/incident/2026/${id}.yaml)`

  test('come first on the dashboard, with the incident that says so', () => {
    const told = summary(incident('INC-1', { title: 'Checkout is down', priority: 'P1', major: true }, open))
    expect(told.split('\n').slice(2, 4)).toEqual([
      `- **Web shop is down** since 2026-03-02 09:00: ${link('INC-1')} Checkout is down (major incident, P1, in progress).`,
      '- 1 incident is open; the oldest for 3 h.',
    ])
  })

  test('are down since the outage began, whatever else was open before', () => {
    const outage = [{ service: 'webshop', from: '2026-03-02T10:30:00Z' }]
    const told = summary(incident('INC-1', { priority: 'P2' }, open), incident('INC-2', { outage }, open))
    expect(told).toContain(
      `- **Web shop is down** since 2026-03-02 10:30: ${link('INC-2')} Incident INC-2 (P3, in progress), and 1 other incident.`,
    )
    expect(told).not.toContain('Degraded')
  })

  test('are called degraded where none tells of an outage', () => {
    expect(summary(incident('INC-1', { priority: 'P2' }, open))).toContain(
      `- **Degraded** by open incidents of P1 or P2: Web shop since 2026-03-02 09:00 (${link('INC-1')} Incident INC-1, P2, in progress).`,
    )
  })

  test('are not named when they are back, though their major incident is open', () => {
    const told = summary(incident('INC-1', { priority: 'P1', major: true, restored_at: '2026-03-02T11:00:00Z' }, open))
    expect(told).toContain(
      `- A major incident is still open, though no service is down because of it: ${link('INC-1')} Incident INC-1 (P1, in progress).`,
    )
    expect(told).not.toMatch(/is down\*\*|Degraded/)
  })

  test('are named up to a number, and the others counted', () => {
    const many = upTo(7).map((id) => record('service', `s${id}`, { title: `Service ${id}` }))
    const incidents = upTo(7).map((id) => incident(`INC-${id}`, { service: `s${id}`, major: true }, open))
    const given = facts({ period: '2026-03', asOf: '2026-03-02T12:00', incidents, services: many })
    const told = part(page(given, 'dashboard'), '## In short')
    expect(told.match(/is down\*\* since/g)).toHaveLength(5)
    expect(told).toContain('- **2 more services are down.**')
  })

  test('are not named when nothing grave is open', () => {
    expect(summary(incident('INC-1', {}, open))).not.toMatch(/is down\*\*|Degraded|major/)
  })
})

describe('agreements between teams and with suppliers', () => {
  const [start, stop] = ['2026-03-02T08:00', '2026-03-04T08:00']
  const clock = (used: number): ReturnType<typeof reading> =>
    reading('INC-1', { start, stop, used, of: 40, sla: 'hand-over', kind: 'ola', target: 'handover' })
  const given = (used: number): string =>
    page(
      facts({
        period: '2026-03',
        incidents: [incident('INC-1', {}, [{ at: start, state: 'in_progress' }], [clock(used)])],
        slas: [record('sla', 'hand-over', { title: 'Hand-over', kind: 'ola', objective: 90, state: 'active' })],
      }),
      'csi',
    )

  test('are told of in the summary when they miss their objective', () => {
    expect(given(41)).toContain('Of what teams and suppliers promise each other, 0 of 1 objective was reached.')
    expect(given(41)).toContain('handover of Hand-over (OLA): 0 of 1 met, 90 % asked.')
  })

  test('are listed among the promises, and otherwise let be', () => {
    expect(given(1)).toContain('| Hand-over (OLA) | handover | 90 % | 100 % of 1 | yes |')
    expect(part(given(1), '## In short')).not.toContain('Hand-over (OLA)')
  })
})

describe('a period that lives on leftovers', () => {
  const late = (id: number, opened: string): IncidentFacts =>
    incident(`INC-${id}`, {}, [
      { at: opened, state: 'new' },
      { at: '2026-03-20T08:00', state: 'resolved' },
    ])
  const given = (before: number, within: number): ReportFacts =>
    facts({
      period: '2026-03',
      incidents: [
        ...upTo(before).map((id) => late(id, '2026-02-02T08:00')),
        ...upTo(within).map((id) => late(100 + id, '2026-03-02T08:00')),
      ],
    })

  test('says so, on both pages that show times', () => {
    const said = 'resolved were opened before the period: times and compliance describe the leftovers.'
    expect(page(given(5, 0), 'csi')).toContain(`- **Mind.** All 5 incidents ${said}`)
    expect(page(given(8, 2), 'csi')).toContain(`- **Mind.** 8 of 10 incidents ${said}`)
    expect(page(given(8, 2), 'incidents')).toContain(`8 of 10 incidents ${said}\n\n`)
    expect(page(given(7, 3), 'csi')).not.toContain('leftovers')
    expect(page(given(7, 3), 'incidents')).not.toContain('leftovers')
  })

  test('says that nothing was opened', () => {
    expect(page(given(5, 0), 'csi')).toContain(' No incident was opened in the period, against 5 in the earlier')
    expect(page(given(5, 0), 'csi')).toContain(
      '- **What happened.** 5 incidents were resolved, none was opened; 0 were open at the end.',
    )
  })
})

describe('the table of openings', () => {
  test('carries the silence of the improvement report, and no peak where the weekdays are too few', () => {
    const silent = facts({
      period: '2026-03',
      incidents: [1, 2, 3].flatMap((hours) => daily('2026-03', [1, 2, 3], hours)),
    })
    const warning = /No incident was opened after 2026-03-03 08:00, which chance does not explain\./
    expect(page(silent, 'csi')).toMatch(warning)
    const section = part(page(silent, 'incidents'), '## When they are opened')
    expect(section).toMatch(warning)
    expect(section).toContain('No peak is marked')
    expect(section).not.toMatch(/\| \*\*\d+\*\* \|/)
  })

  test('marks its peak otherwise', () => {
    const section = part(
      page(facts({ period: '2026-03', incidents: daily('2026-03', upTo(28), 1) }), 'incidents'),
      '## When they are opened',
    )
    expect(section).toContain('The peak is bold.')
    expect(section).toMatch(/\| \*\*4\*\* \|/)
    expect(section).not.toContain('chance')
  })
})

describe('urgent incidents', () => {
  const given = (slow: number): string =>
    page(
      facts({
        period: '2026-03',
        incidents: [
          ...daily('2026-03', upTo(slow), 9, { priority: 'P1' }),
          ...daily('2026-03', upTo(6), 2, { priority: 'P3' }),
        ],
      }),
      'csi',
    )

  test('that take longer than ordinary ones are told of', () => {
    expect(given(5)).toContain(' P1 took longer to resolve than P3: 9 h in the median (n = 5), against 2 h (n = 6).')
  })

  test('are left alone where they are few', () => {
    expect(given(4)).not.toContain('took longer to resolve')
  })
})

describe('incidents that changed teams', () => {
  const steps = (moved: boolean, index: number, hour: number): readonly Step[] => [
    { at: '2026-03-02T00:00', state: 'new', set: { team: 'operations' } },
    { at: '2026-03-02T00:10', state: 'in_progress', ...(moved ? { set: { team: 'network' } } : {}) },
    { at: `2026-03-02T${twoDigits(hour + (index % 3))}:00`, state: 'resolved' },
  ]
  const given = (movedHour: number, hour: number): string =>
    page(
      facts({
        period: '2026-03',
        incidents: upTo(10).flatMap((index) => [
          incident(`INC-A${index}`, {}, steps(true, index, movedHour)),
          incident(`INC-B${index}`, {}, steps(false, index, hour)),
        ]),
      }),
      'csi',
    )

  test('are said to take longer, not to do so for that reason', () => {
    expect(given(12, 2)).toMatch(/They took longer, which is more than chance .* the figures do not say\./)
    expect(given(12, 2)).toContain('**Find out why incidents change teams.**')
    expect(given(12, 2)).not.toMatch(/costs|Route incidents/)
  })

  test('are said to be resolved sooner where they are', () => {
    expect(given(2, 12)).toContain('They were resolved sooner, which is more than chance')
    expect(given(2, 12)).not.toContain('Find out why incidents change teams')
  })

  test('are not told apart where chance suffices', () => {
    expect(given(5, 5)).toContain('The difference cannot be told from chance')
  })
})

describe('places that miss more', () => {
  const start = '2026-03-02T08:00'
  const clocks = (team: string, count: number, used: number, priority = 'P3'): readonly IncidentFacts[] =>
    upTo(count).map((index) => {
      const id = `INC-${team}-${priority}-${used}-${index}`
      const clock = { start, stop: '2026-03-04T08:00', used, of: 40, priority }
      return incident(
        id,
        { team, priority },
        [{ at: start, state: 'in_progress' }],
        [reading(id, clock), reading(id, { ...clock, target: 'response' })],
      )
    })

  test('are suggested once each, whatever they miss, and five at most', () => {
    const bad = upTo(7).flatMap((index) => clocks(`team-${index}`, 8, 50))
    const text = page(facts({ period: '2026-03', incidents: [...bad, ...clocks('operations', 200, 1)] }), 'csi')
    const suggestions = part(text, '## 7.')
    expect(suggestions.match(/\*\*Meet targets more often: /g)).toHaveLength(5)
    expect(suggestions).toContain('team-1 (team) missed resolution of Gold support in 8 of 8 cases')
    expect(suggestions.match(/^.*team-1 .*$/m)?.[0]).toContain('; response of Gold support in 8 of 8 cases')
    expect(text).toContain('And 4 more.')
  })

  test('are no priorities, because those have targets of their own', () => {
    const incidents = [...clocks('operations', 30, 50, 'P1'), ...clocks('operations', 90, 1)]
    expect(page(facts({ period: '2026-03', incidents }), 'csi')).not.toMatch(/Meet targets more often|\| priority \|/)
  })
})

describe('waiting', () => {
  const held = (id: string, hold: string, hours: number): IncidentFacts =>
    incident(id, {}, [
      { at: '2026-03-02T00:00', state: 'on_hold', hold },
      { at: `2026-03-02T${twoDigits(hours)}:00`, state: 'resolved' },
    ])
  const text = (...incidents: readonly IncidentFacts[]): string => page(facts({ period: '2026-03', incidents }), 'csi')

  test('is put down to what most of it was for', () => {
    const two = [held('INC-1', 'awaiting_caller', 4), held('INC-2', 'parts', 2)]
    expect(text(...two, held('INC-3', 'awaiting_caller', 2))).toContain(
      ' Most of the waiting was for the caller: 75 % of the time.',
    )
  })

  test('is no finding where one or two incidents waited', () => {
    const two = text(held('INC-1', 'awaiting_caller', 6), held('INC-2', 'parts', 2))
    expect(two).not.toMatch(/of the waiting was for|Shorten the wait/)
    expect(two).toContain('1 incident waited 6 h in all (awaiting caller), 75 % of all waiting.')
  })

  test('is not said to be mostly for what took less than half', () => {
    const three = [held('INC-1', 'parts', 4), held('INC-2', 'awaiting_vendor', 3), held('INC-3', 'awaiting_caller', 3)]
    expect(text(...three)).toContain(' The largest part of the waiting was for parts: 40 % of the time.')
  })
})

describe('the trend', () => {
  const given = { ...exampleMonth(), since: Date.UTC(2026, 3, 11) / 1000 }

  test('tells a period that runs from one that began before the history', () => {
    const over = page(given, 'dashboard')
    expect(over).toContain('| 2026-04 (part) |')
    expect(over).not.toContain('(running)')
    const running = page({ ...given, asOf: given.period.until - 3600 }, 'dashboard')
    expect(running).toContain('| 2026-11 (running) |')
    expect(running).toContain('*(running)*: the period is not over.')
    expect(running).not.toContain('2026-11 (part)')
  })

  test('says in the dashboard that nothing is known of incidents after a day', () => {
    const silent = '. No incident was opened after 2026-11-10 07:00, which chance does not explain.'
    const opened = (day: number): readonly IncidentFacts[] =>
      Array.from({ length: 30 }, (_, index) =>
        incident(`INC-${day}-${index}`, {}, [{ at: `2026-11-${twoDigits(1 + (index % day))}T07:00`, state: 'new' }]),
      )
    const told = (day: number): string => page(facts({ period: '2026-11', incidents: opened(day) }), 'dashboard')
    expect(told(10)).toContain(silent)
    expect(told(28)).not.toContain('which chance does not explain')
  })

  test('has heads that begin with a capital', () => {
    const pages = renderReports(given, templates)
    for (const { text } of pages) {
      for (const head of text.match(/^\|.*\|(?=\n\| -)/gm) ?? []) {
        const cells = head.split('|').map((cell) => cell.trim())
        expect(cells.filter((cell) => /^[a-z]/.test(cell) && cell !== 'n')).toEqual([])
      }
    }
  })
})

describe('a figure that could not be compared', () => {
  test('is counted in a sentence that reads', () => {
    const text = page(
      facts({ period: '2026-03', since: '2026-03-01T00:00', incidents: daily('2026-03', [2, 3], 1) }),
      'csi',
    )
    expect(text).toMatch(/None of the \d+ figures could be compared with earlier periods\./)
    expect(text).not.toMatch(/\b0 figures/)
  })
})

describe('a long list of breaches', () => {
  const start = '2026-03-02T08:00'
  const given = (count: number, calendar: string): string =>
    page(
      facts({
        period: '2026-03',
        incidents: upTo(count).map((index) =>
          incident(
            `INC-${index}`,
            {},
            [{ at: start, state: 'in_progress' }],
            [reading(`INC-${index}`, { start, stop: '2026-03-20T08:00', used: 100 + index, of: 40 })],
          ),
        ),
        slas: [
          record('sla', 'webshop-gold', {
            title: 'Gold support',
            kind: 'sla',
            state: 'active',
            targets: { resolution: { stop: ['resolved'], target: 'PT40H', calendar } },
          }),
        ],
      }),
      'service-levels',
    )

  test('shows the ten worst, folds forty more, and counts the rest', () => {
    const breaches = part(given(60, 'always'), '## Breaches')
    const [open, folded] = breaches.split('<details>')
    expect(open?.match(/^\| \[INC-/gm)).toHaveLength(10)
    expect(folded?.match(/^\| \[INC-/gm)).toHaveLength(40)
    expect(breaches).toContain('<summary>40 more breaches</summary>')
    expect(breaches).toContain('And 10 breaches more.')
    expect(shapeOf(breaches).match(/^ {2}table$|^table$/gm)).toHaveLength(2)
  })

  test('folds nothing where there are ten', () => {
    expect(part(given(10, 'always'), '## Breaches')).not.toContain('<details>')
  })

  test('says an overrun in days only where the clock never stands still overnight', () => {
    expect(given(1, 'always')).toContain('| 4 d 5 h of 40 h | 2 d 13 h |')
    expect(given(1, 'office')).toContain('| 101 h of 40 h | 61 h |')
  })
})
