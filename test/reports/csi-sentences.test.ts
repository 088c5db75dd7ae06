import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import type { IncidentFacts, ReportFacts } from '../../src/core/report.ts'
import { pagePath } from '../../src/core/report-page.ts'
import { renderReports } from '../../src/reports/index.ts'
import { change, onDay, opened } from '../core/csi/shop.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { at, facts, incident, reading, record } from './web-shop.ts'

const templates = shippedTemplates()

function page(given: Omit<Parameters<typeof facts>[0], 'period'> & { readonly period?: string }): string {
  const made: ReportFacts = facts({ period: '2026-03', since: '2025-12-01T00:00', ...given })
  return renderReports(made, templates).find(({ path }) => path === pagePath(made, 'csi'))?.text ?? ''
}

function part(text: string, head: string): string {
  return text.slice(text.indexOf(head) + 1).split(/\n#/)[0] ?? ''
}

/** The bullet of the summary that begins with a word. */
function bullet(text: string, word: string): string | undefined {
  return part(text, '## In short').match(new RegExp(`^- \\*\\*${word}.*$`, 'm'))?.[0]
}

/** So many incidents on a day, one a minute from eight on. */
function several(count: number, day: number, fields: Data = {}): readonly IncidentFacts[] {
  return Array.from({ length: count }, (_, index) => opened(`INC-${day}-${index}`, onDay(day, 8, index), fields))
}

describe('what happened', () => {
  const months = (last: number) => [
    // The fifth of each month from August 2025 to February 2026.
    ...[-149, -118, -88, -57, -27, 4, 35].flatMap((day, index) => several(10 + (index % 2), day)),
    ...several(last, 62),
  ]
  const given = (last: number) => bullet(page({ since: '2025-07-01T00:00', incidents: months(last) }), 'What happened')

  test('is held against the usual range', () => {
    expect(given(11)).toContain('That is as many as in a usual month.')
    expect(given(40)).toContain('**More** were opened than the earlier months explain.')
    expect(given(1)).toContain('**Fewer** were opened than the earlier months explain.')
  })

  test('is not called usual where there is nothing to hold it against', () => {
    expect(bullet(page({ incidents: several(5, 62) }), 'What happened')).not.toMatch(/usual|More|Fewer/)
  })

  test('names the service that was down longest, and no other where there is none', () => {
    const outage = (service: string, to: string) =>
      opened(`INC-${service}`, onDay(62), { service, outage: [{ service, from: `${onDay(62, 8)}:00Z`, to }] })
    const services = ['webshop', 'mail'].map((id) =>
      record('service', id, { title: `The ${id}`, state: 'operational' }),
    )
    const one = [outage('webshop', `${onDay(62, 10)}:00Z`)]
    const two = [...one, outage('mail', `${onDay(62, 9)}:00Z`)]
    expect(bullet(page({ services, incidents: one }), 'What happened')).toContain(
      'The webshop was down for 2 h in 1 outage.',
    )
    expect(bullet(page({ services, incidents: two }), 'What happened')).toContain(
      'The webshop was down for 2 h in 1 outage, longer than any other service.',
    )
    const tie = [outage('mail', `${onDay(62, 9)}:00Z`), outage('webshop', `${onDay(62, 9)}:00Z`)]
    expect(bullet(page({ services, incidents: tie }), 'What happened')).toContain(
      'was down for 1 h in 1 outage; no other service was down longer.',
    )
    expect(page({ services, incidents: several(1, 62) })).not.toContain('was down for')
  })
})

describe('downtime that was measured', () => {
  const measured = (minutes: number): string => {
    const points = Array.from({ length: 31 }, (_, day) => ({
      at: at(onDay(59 + day, 0)),
      values: [day === 3 ? minutes : 0],
    }))
    const series = { file: 'records/measurement/probe.csv', columns: ['value'], points }
    const fields = { title: 'Minutes without orders', service: 'webshop', unit: 'min', source: 'Robot' }
    return page({
      services: [record('service', 'webshop', { title: 'Web shop', state: 'operational' })],
      incidents: [
        opened('INC-1', onDay(62, 8), { outage: [{ from: `${onDay(62, 8)}:00Z`, to: `${onDay(62, 8, 30)}:00Z` }] }),
      ],
      improving: {
        measurements: [record('measurement', 'probe', { ...fields, measures: 'downtime' })],
        series: new Map([['probe', series]]),
      },
    })
  }

  test('is told beside what is recorded, in the summary and as a suggestion only where they are far apart', () => {
    const text = measured(100)
    const told =
      '[Minutes without orders](../../records/measurement/probe.yaml) measured 1 h 40 min (31 values), incidents tell of 30 min in the same time.'
    expect(bullet(text, 'Downtime of Web shop')).toContain(told)
    expect(part(text, '## 3.')).toContain(`**Two sources of the downtime of Web shop are far apart:** ${told}`)
    expect(part(text, '### Downtime, measured and recorded')).toContain(
      `- **Web shop:** ${told} **1 h 10 min more was measured than is recorded.**`,
    )
    expect(text).toContain(
      "`gitsm new improvement --set 'title=Find out why measured and recorded downtime differ: Web shop' --set service=webshop",
    )
    const close = measured(31)
    expect(part(close, '### Downtime, measured and recorded')).toContain(
      'measured 31 min (31 values), incidents tell of 30 min',
    )
    expect(bullet(close, 'Downtime of Web shop')).toBeUndefined()
    expect(close).not.toContain('far apart')
    expect(close).not.toContain('Find out why measured')
  })
})

describe('the records that the figures come from', () => {
  test('are those known at the instant of the report, not those of the newest tree', () => {
    const lives = [change('CHG-1', onDay(70))]
    const changes = [1, 2, 3].map((index) => ({ ...change(`CHG-${index}`, onDay(70)), readings: [] }))
    const text = page({ incidents: several(2, 62), lives, improving: { changes } })
    expect(part(text, '## 3.')).toContain('hold 2 incidents, 0 of them cancelled, and 1 change.')
    const none = page({ incidents: several(2, 62), improving: { changes } })
    expect(none).toContain('Incidents caused by changes cannot be told while no changes are recorded.')
  })
})

describe('promises', () => {
  const given = (met: number, n: number): string =>
    page({
      incidents: Array.from({ length: n }, (_, index) => {
        const clock = { start: onDay(62), stop: onDay(64), used: index < met ? 1 : 41, of: 40 }
        return incident(`INC-${index}`, {}, [{ at: onDay(62), state: 'new' }], [reading(`INC-${index}`, clock)])
      }),
    })

  test('that were kept are counted, and nothing else is said of them', () => {
    expect(bullet(given(20, 20), 'Promises')).toBe('- **Promises.** The one SLA objective was reached.')
  })

  test('that were missed are told with what the miss is worth', () => {
    expect(bullet(given(14, 15), 'Promises')).toContain(
      '93 % of 15 clocks met, **short of the objective of 95 %** by 1',
    )
    expect(bullet(given(14, 15), 'Promises')).toContain('which may be chance')
    expect(bullet(given(15, 21), 'Promises')).toContain('by 5 clocks, which is more than chance brings (p after Holm')
  })
})

describe('after changes', () => {
  const web = { cis: ['web-1'] }
  const given = (days: readonly number[]) =>
    page({
      lives: [10, 40, 70].map((day) => change(`CHG-${day}`, onDay(day, 0), web)),
      incidents: days.map((day) => opened(`INC-${day}`, onDay(day), web)),
    })

  test('more incidents than chance brings are a finding, with the chance', () => {
    const text = given([11, 41, 71])
    expect(bullet(text, 'Where it hurts')).toContain(
      'Since 2025-12-01, 3 incidents were opened within 3 d after a change on the same CI,',
    )
    expect(part(text, '### After changes')).toContain(
      '**more than chance brings** (Poisson binomial test, one-sided, p',
    )
    expect(part(text, '### After changes')).toContain('What comes after a change need not come from it.')
  })

  test('are not told as news of a period in which none came so', () => {
    const text = given([11, 41])
    expect(bullet(text, 'Where it hurts')).toBeUndefined()
    expect(part(text, '## 7.')).toContain('Since 2025-12-01, 2 incidents came within 3 d after a change')
  })

  test('as many as chance brings are said to be so', () => {
    const text = given([11, 20, 30, 50, 60, 80])
    expect(part(text, '### After changes')).toContain('no more than chance brings (Poisson binomial test')
    expect(text).not.toContain('Cut incidents after changes')
  })

  test('are not spoken of where no change names its CIs', () => {
    expect(part(page({ incidents: several(3, 62) }), '### After changes')).toContain('No change was carried out since')
  })
})

describe('the rhythm of the week', () => {
  // 1 January 2026 is a Thursday.
  const usual = Array.from({ length: 90 }, (_, day) => [
    opened(`INC-A${day}`, onDay(day, 9)),
    opened(`INC-B${day}`, onDay(day, 20)),
  ]).flat()
  const fridays = Array.from({ length: 12 }, (_, week) =>
    [0, 1, 2].map((index) => opened(`INC-F${week}-${index}`, onDay(1 + week * 7, 19, index), { category: 'capacity' })),
  ).flat()

  test('is a finding where a part of it stands out, with what it is about', () => {
    const text = page({ incidents: [...usual, ...fridays] })
    expect(bullet(text, 'Friday evenings')).toMatch(
      /\d+ of 216 incidents were opened on Friday between 18:00 and 24:00/,
    )
    expect(bullet(text, 'Friday evenings')).toContain('are about capacity')
    expect(part(text, '## 7.')).toContain('**Cut incidents on Friday evenings.**')
  })

  test('that has changed is told beside the figures that have not', () => {
    const [first, last] = [-184, 90]
    const days = Array.from({ length: last - first }, (_, index) => first + index)
    const incidents = days.flatMap((day) => {
      const isFriday = (((day - 1) % 7) + 7) % 7 === 0
      const evening = isFriday && day < 59 ? [0, 1, 2] : []
      return [
        opened(`INC-A${day}`, onDay(day, 9)),
        opened(`INC-B${day}`, onDay(day, 20)),
        ...evening.map((index) => opened(`INC-F${day}-${index}`, onDay(day, 19, index))),
      ]
    })
    const text = page({ since: '2025-07-01T00:00', incidents })
    expect(bullet(text, 'Better or worse')).toMatch(
      /^- \*\*Better or worse\.\*\* None of the \d+ figures compared with the earlier months has changed beyond chance\. The share of incidents on Friday evenings has \*\*fallen\*\* beyond chance\.$/,
    )
    expect(bullet(text, 'Friday evenings')).toContain('**fewer** than before, beyond chance')
  })

  test('is none where every day is alike, and the test is named', () => {
    const text = page({ incidents: usual })
    expect(text).not.toMatch(/Friday evening/)
    expect(bullet(text, 'Better or worse')).toContain('with earlier months: there is too little to tell.')
    expect(part(text, '### When incidents')).toContain('No part of the week stands out')
    expect(part(text, '### When incidents')).toContain("by Fisher's exact test after Holm's correction")
  })
})

describe('an improvement', () => {
  const kpi = record('kpi', 'down', { title: 'Downtime', unit: 'min', direction: 'down', measurement: 'down' })
  const given = (after: (day: number) => number, target: number): string => {
    const {
      type: _,
      readings: __,
      ...improvement
    } = incident(
      'IMP-1',
      {
        title: 'Half the downtime',
        kpi: 'down',
        target,
        baseline: { value: 10, from: '2026-01-01', to: '2026-02-01' },
        implemented_at: '2026-02-01T00:00:00Z',
      },
      [{ at: onDay(31), state: 'review' }],
    )
    const points = Array.from({ length: 90 }, (_, day) => ({
      at: at(onDay(day, 0)),
      values: [day < 31 ? 8 + (day % 5) : after(day)],
    }))
    const series = new Map([['down', { file: 'down.csv', columns: ['value'], points }]])
    const improving = { kpis: [kpi], series, improvements: [improvement] }
    return bullet(page({ incidents: several(1, 62), improving }), 'Improvements') ?? ''
  }

  test('that works is said to, with its test', () => {
    expect(given((day) => 2 + (day % 3), 5)).toMatch(
      /which reaches the target of 5 min; better by more than chance brings \(p below 0\.001\)\./,
    )
  })

  test('that changes nothing is not', () => {
    expect(given((day) => 8 + (day % 5), 5)).toMatch(
      /which does not reach the target of 5 min; chance may still explain the difference \(p = /,
    )
  })

  test('that makes it worse is said to', () => {
    expect(given((day) => 20 + (day % 5), 5)).toContain('worse by more than chance brings')
  })
})

describe('service owners and teams', () => {
  const services = [
    record('service', 'webshop', { title: 'Web shop', owner: 'operations', state: 'operational' }),
    record('service', 'mail', { title: 'Mail', owner: 'operations', state: 'operational' }),
  ]
  const clock = (used: number, stop?: string) =>
    reading('INC-1', { start: onDay(62), used, of: 4, ...(stop !== undefined && { stop }) })
  const given = (used: number, stop?: string): string =>
    page({
      services,
      incidents: [
        incident('INC-1', { team: 'operations' }, [{ at: onDay(62), state: 'in_progress' }], [clock(used, stop)]),
      ],
    })

  test('are shown the worst clock first: one that runs over, else one that was missed, else nothing', () => {
    expect(part(given(5), '## For service owners')).toContain('resolution runs 1 h over |')
    expect(part(given(5, onDay(63)), '## For service owners')).toContain('resolution missed by 1 h |')
    expect(part(given(3, onDay(63)), '## For service owners')).toContain('| 1 | 1 | 100 % of 1 | – | – |')
    expect(part(given(5), '## For teams')).toContain('resolution runs 1 h over |')
  })

  test('are shown what is down or urgent and open before any clock', () => {
    const lasting = (fields: Data, ended?: string): string => {
      const outage = [{ from: `${onDay(88, 20)}:00Z`, ...(ended !== undefined && { to: ended }) }]
      const told = incident(
        'INC-1',
        { title: 'No orders', team: 'operations', priority: 'P1', outage, ...fields },
        [{ at: onDay(88, 20), state: 'in_progress' }],
        [clock(5)],
      )
      return page({ services, incidents: [told] })
    }
    const down = lasting({})
    expect(down).toContain(
      '- **Down since 2026-03-30 20:00: Web shop.** [INC-1](../../records/incident/2026/INC-1.yaml) No orders (P1, in progress).',
    )
    expect(bullet(down, 'What happened')).toContain('Web shop was down for 1 d 4 h in 1 outage that lasts.')
    for (const head of ['## For service owners', '## For teams'])
      expect(part(down, head)).toMatch(/\*\*down\*\* since 2026-03-30 20:00: \[INC-1\]\(\S+\) \|/)
    const over = `${onDay(88, 21)}:00Z`
    const back = lasting({}, over)
    expect(back).not.toContain('Down since')
    expect(bullet(back, 'What happened')).toContain('Web shop was down for 1 h in 1 outage.')
    expect(part(back, '## For service owners')).toMatch(/\[INC-1\]\(\S+\) is open: P1 \|/)
    const major = lasting({ major: true, restored_at: over }, over)
    expect(major).toContain(
      '- **Open major incident:** [INC-1](../../records/incident/2026/INC-1.yaml) No orders (P1, in progress).',
    )
    const minor = lasting({ priority: 'P3' }, over)
    expect(part(minor, '## For service owners')).toContain('resolution runs 1 h over |')
  })

  test('are told how many services were quiet', () => {
    expect(part(given(3), '## For service owners')).toContain('Quiet: 1 more service.')
  })
})
