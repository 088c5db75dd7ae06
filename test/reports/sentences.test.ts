import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import type { LifeFacts, ReportFacts } from '../../src/core/report.ts'
import { pagePath } from '../../src/core/report-page.ts'
import { renderReports } from '../../src/reports/index.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { facts, incident, life, record } from './web-shop.ts'

const templates = shippedTemplates()

function page(name: string, given: Partial<Parameters<typeof facts>[0]> = {}, rest: Partial<ReportFacts> = {}): string {
  const told = { ...facts({ period: '2026-03', incidents: [], ...given }), ...rest }
  return renderReports(told, templates, [name]).find(({ path }) => path === pagePath(told, name))?.text ?? ''
}

type States = readonly (readonly [at: string, state: string])[]

const lived = (type: string, id: string, fields: Data, ...states: States): LifeFacts =>
  life(
    type,
    id,
    fields,
    states.map(([when, state]) => ({ at: `2026-${when}T08:00`, state })),
  )

describe('the page on incidents and problems', () => {
  const major = (review?: string) =>
    incident('INC-1', { major: true, ...(review && { review }) }, [
      { at: '2026-03-02T08:00', state: 'new' },
      { at: '2026-03-02T10:00', state: 'resolved' },
    ])
  const review = (state: string) => lived('review', 'PIR-1', { title: 'Why' }, ['03-04', state])

  test('says of a major incident whether a review was held', () => {
    expect(page('incidents', { incidents: [major()] })).toContain(
      '- 1 major incident; 1 resolved without a review that was held.',
    )
    expect(page('incidents', { incidents: [major('PIR-1')], lives: [review('planned')] })).toContain('without a review')
    const held = page('incidents', { incidents: [major('PIR-1')], lives: [review('held')] })
    expect(held).toContain('- 1 major incident.')
    expect(held).not.toContain('without a review')
  })

  test('says of incidents whether they name a change as their cause', () => {
    const caused = (caused_by?: string) => [
      incident('INC-1', caused_by ? { caused_by } : {}, [{ at: '2026-03-02T08:00', state: 'new' }]),
    ]
    expect(page('incidents', { incidents: caused('CHG-1') })).toContain(
      '- 1 of the incidents opened names a change as the cause (100 %).',
    )
    const none = page('incidents', { incidents: caused() })
    expect(none).not.toContain('a change as the cause')
    expect(none).toContain('None of the 1 incident opened names a change as its cause')
  })

  test('says of an accepted risk whether it has expired', () => {
    const risk = (review_by: string) =>
      page('incidents', {
        lives: [
          lived(
            'problem',
            'PRB-1',
            { resolution_code: 'risk_accepted', review_by },
            ['02-02', 'new'],
            ['03-02', 'resolved'],
          ),
        ],
      })
    expect(risk('2026-03-20')).toContain('1 accepted risk has **expired**')
    expect(risk('2026-05-20')).not.toContain('expired')
  })
})

describe('the page on knowledge and requests', () => {
  const printers = ['02', '03', '04'].map((day) =>
    incident(`INC-${day}`, { category: 'hardware' }, [{ at: `2026-03-${day}T08:00`, state: 'new' }]),
  )
  const article = (category: string) =>
    lived('knowledge', 'KB-1', { category, service: undefined }, ['01-02', 'published'])

  test('says whether frequent incidents have an article', () => {
    expect(page('knowledge-and-requests', { incidents: printers, lives: [article('network')] })).toContain(
      '- 1 kind of incident has no article although 3 or more were opened (of 1 kind that frequent).',
    )
    expect(page('knowledge-and-requests', { incidents: printers, lives: [article('hardware')] })).toContain(
      '- Every kind of incident of which 3 or more were opened has an article (n = 1).',
    )
  })

  test('says how soon requests were fulfilled only where several were', () => {
    const requests = (count: number) =>
      page('knowledge-and-requests', {
        lives: Array.from({ length: count }, (_, index) =>
          lived('request', `REQ-${index}`, {}, ['03-02', 'submitted'], ['03-04', 'fulfilled']),
        ),
      })
    expect(requests(2)).toContain('- Half of the requests fulfilled took 2 d or less, 90 % 2 d or less (n = 2).')
    expect(requests(1)).not.toContain('Half of the requests')
    expect(requests(0)).toContain('- No request is recorded: there is no data on requests.')
  })
})

describe('the page on improvements', () => {
  const register = (fields: Data, ...states: States) => {
    const { type: _, ...told } = lived('improvement', 'IMP-1', { title: 'Faster', ...fields }, ...states)
    return page('improvements', { improving: { improvements: [told] } })
  }

  test('says what is overdue, and not what is in review', () => {
    expect(register({ due: '2026-03-10' }, ['03-02', 'in_progress'])).toContain(
      '1 improvement is open at the end of the period, 1 of them **overdue**',
    )
    expect(register({ due: '2026-03-10' }, ['03-02', 'review'])).not.toContain('overdue')
    expect(register({ due: '2026-06-10' }, ['03-02', 'in_progress'])).not.toContain('overdue')
  })

  test('says whether a closed one reached its target', () => {
    expect(register({ result: 'achieved' }, ['03-02', 'closed'])).toContain(
      '- 1 of 1 improvement closed in the period reached the target.',
    )
    expect(register({ result: 'not_achieved' }, ['03-02', 'closed'])).toContain('- 0 of 1 improvement closed')
    expect(register({}, ['03-02', 'rejected'])).not.toContain('reached the target')
  })

  test('says whether a report revealed what was proposed', () => {
    expect(register({ source: 'gitsm report --period 2026-02' }, ['03-02', 'new'])).toContain(
      '1 of them because of what a report showed',
    )
    expect(register({ source: 'A survey' }, ['03-02', 'new'])).toContain('0 of them because of what a report showed')
  })
})

describe('the page on configuration', () => {
  const server = (fields: Data = {}) =>
    lived('ci', 'db', { class: 'server', title: 'The database', service: undefined, opened_at: undefined, ...fields }, [
      '01-02',
      'operational',
    ])

  test('says what takes a service down alone, and that nothing does', () => {
    const services = [record('service', 'webshop', { title: 'Web shop', state: 'operational', tier: 1 })]
    expect(page('configuration', { services, lives: [server({ services: ['webshop'] })] })).toContain(
      '- 1 item takes a service down by failing alone, 1 of them a critical one (n = 1 in use).',
    )
    expect(page('configuration', { services, lives: [server()] })).toContain(
      '- No item takes a service down by failing alone (n = 1 in use).',
    )
  })

  test('says what the checks found, out of how many', () => {
    expect(page('configuration', { lives: [server()] })).toContain('1 stale (of 1)')
    const verified = { verified_at: '2026-03-20T08:00:00Z' }
    expect(page('configuration', { lives: [server(verified)] })).not.toContain('stale (of')
  })
})

describe('the page for auditors', () => {
  const scheduled = lived('change', 'CHG-1', {}, ['03-02', 'scheduled'])

  test('says how many decisions the ledger shows, and that none was read', () => {
    expect(page('audit', { lives: [scheduled] })).toContain(
      '- 1 change was allowed; the ledger shows the decision on 0 of them, because no ledger was read.',
    )
    const { evidence } = facts({ period: '2026-03', incidents: [] })
    const read = (entries: number): string => {
      const believed = { ref: 'origin/gitsm-ledger', commit: 'a', entries, byHand: 1, withoutRun: 0 }
      return page('audit', { lives: [scheduled] }, { evidence: { ...evidence, believed } })
    }
    expect(read(3)).toContain('the ledger shows the decision on 0 of them.')
    expect(read(3)).toContain('Decisions are those of the ledger `gitsm-ledger` up to the as-of instant.')
    expect(read(4), 'what the ledger learnt since').toBe(read(3))
  })

  test('says what was closed without a review', () => {
    const failed = lived('change', 'CHG-1', { outcome: 'unsuccessful_backed_out' }, ['03-02', 'closed'])
    expect(page('audit', { lives: [failed] })).toContain('- 1 record was closed **without a review** that was held.')
    expect(page('audit', { lives: [scheduled] })).not.toContain('without a review')
  })

  test('lists who asked for emergencies again and again', () => {
    const emergency = (id: string, requester: string, day: string, state = 'closed') =>
      lived('change', id, { change_type: 'emergency', requester, opened_at: `2026-${day}T08:00:00Z` }, [day, state])
    const lives = [
      emergency('CHG-1', 'ada', '02-20'),
      emergency('CHG-2', 'Ada', '03-10'),
      emergency('CHG-3', 'ada', '03-15', 'cancelled'),
      emergency('CHG-4', 'bob', '02-01'),
      emergency('CHG-5', 'bob', '03-15'),
      emergency('CHG-6', 'eve', '02-01'),
      emergency('CHG-7', 'eve', '02-02'),
    ]
    const told = page('audit', { lives })
    expect(told).toContain('- 1 person asked for 2 emergencies or more within 30 days.')
    const row = told.split('\n').find((line) => line.startsWith('| Ada |'))
    expect(row).toMatch(/^\| Ada \| 2 \| \[CHG-1\]\(.*\) of 2026-02-20, \[CHG-2\]\(.*\) of 2026-03-10 \|$/)
    const { config } = facts({ period: '2026-03', incidents: [] })
    const wide = { config: { ...config, emergencies: { over: 60 * 86_400, atLeast: 2 } } }
    expect(page('audit', { lives }, wide)).toContain('- 2 people asked for 2 emergencies or more within 60 days.')
    expect(page('audit', { lives: lives.slice(3) })).not.toContain('emergencies or more')
  })

  test('names the days that gitsm audit takes', () => {
    expect(page('audit', { lives: [scheduled] })).toContain(
      'gitsm audit --from 2026-03-01 --to 2026-04-01 --out audit-2026-03',
    )
  })

  test('claims nothing of a period in which nothing was recorded', () => {
    expect(page('audit')).toContain('- Nothing was recorded in the period: there is no data.')
  })
})
