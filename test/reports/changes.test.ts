import { describe, expect, test } from 'vitest'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import type { IncidentFacts, LifeFacts, ReportFacts } from '../../src/core/report.ts'
import { pagePath } from '../../src/core/report-page.ts'
import { renderReports } from '../../src/reports/index.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { facts, incident, life, record, type Step } from './web-shop.ts'

const templates = shippedTemplates()

function page(given: ReportFacts): string {
  return renderReports(given, templates).find(({ path }) => path === pagePath(given, 'changes'))?.text ?? ''
}

/** A change of the web shop, closed on a day at 12:00 after it was scheduled at 8:00. */
function closed(id: string, day: string, fields: Data = {}): LifeFacts {
  return change(id, { outcome: 'successful', ...fields }, [
    { at: `${day}T08:00`, state: 'scheduled' },
    { at: `${day}T09:00`, state: 'implement' },
    { at: `${day}T10:00`, state: 'review' },
    { at: `${day}T12:00`, state: 'closed' },
  ])
}

function change(id: string, fields: Data, steps: readonly Step[]): LifeFacts {
  return life('change', id, { change_type: 'normal', services: ['webshop'], ...fields }, steps)
}

function march(
  lives: readonly LifeFacts[],
  more: {
    readonly incidents?: readonly IncidentFacts[]
    readonly tree?: readonly RecordDoc[]
    readonly since?: string
  } = {},
): string {
  return page(facts({ period: '2026-03', incidents: [], lives, ...more }))
}

const planned = (from: string, until: string): Data => ({ planned_start: from, planned_end: until })
const actual = (from: string, until: string): Data => ({ actual_start: from, actual_end: until })
const [eight, nine, ten] = ['2026-03-05T08:00:00Z', '2026-03-05T09:00:00Z', '2026-03-05T10:00:00Z']

describe('the head of the page on changes', () => {
  test('says how the changes of the period ended, and of what kind they were', () => {
    const text = march([
      closed('CHG-1', '2026-03-02', { change_type: 'standard' }),
      closed('CHG-2', '2026-03-03', { outcome: 'successful_with_issues' }),
      closed('CHG-3', '2026-03-04', { outcome: 'unsuccessful_backed_out', change_type: 'emergency' }),
      closed('CHG-4', '2026-04-01'),
    ])
    expect(text).toContain(
      '3 changes were closed: 1 successful, 1 with issues, **1 failed**; 1 standard, 1 normal, 1 emergency.',
    )
    expect(text).toContain('| Failed (`change-failure`) | 1 | 33 % | 3 |')
  })

  test('leaves cancelled changes out', () => {
    const text = march([
      closed('CHG-1', '2026-03-02'),
      change('CHG-2', {}, [
        { at: '2026-03-02T08:00', state: 'implement' },
        { at: '2026-03-02T09:00', state: 'cancelled' },
      ]),
    ])
    expect(text).toContain('1 change was closed: 1 successful')
    expect(text).not.toContain('CHG-2')
  })

  test('says that there is no data where no change is recorded, and nothing else', () => {
    const text = march([])
    expect(text).toContain('No change is recorded: there is no data.')
    expect(text).not.toContain('## How they ended')
  })

  const bad = (id: string, day: string) => closed(id, day, { outcome: 'unsuccessful_not_backed_out' })
  const quiet = Array.from({ length: 20 }, (_, index) => closed(`CHG-A${index}`, `2026-0${1 + (index % 2)}-05`))
  const days = ['02', '03', '04', '05', '06', '09']

  test('names what became worse beyond chance, with its test', () => {
    const text = march([...quiet, ...days.map((day) => bad(`CHG-B${day}`, `2026-03-${day}`))], {
      since: '2025-12-01T00:00',
    })
    expect(text).toMatch(
      /Against the 3 earlier periods, beyond chance:.* Share failed \*\*worse\*\* \(p after Holm below 0\.001\)/,
    )
  })

  const mixed = (id: string, index: number, day: string) =>
    index % 3 === 0 ? bad(`${id}${index}`, day) : closed(`${id}${index}`, day)

  test('says that no change can be told from chance where none can', () => {
    const text = march(
      [
        ...quiet.map((_, index) => mixed('CHG-C', index, `2026-0${1 + (index % 2)}-05`)),
        ...days.map((day, index) => mixed('CHG-D', index, `2026-03-${day}`)),
      ],
      { since: '2025-12-01T00:00' },
    )
    expect(text).toContain('No change against the 3 earlier periods can be told from chance.')
    expect(text).not.toContain('beyond chance')
  })

  test('says that there is too little to tell a change, where there is', () => {
    const text = march([closed('CHG-1', '2026-02-02'), closed('CHG-2', '2026-03-02')], { since: '2025-12-01T00:00' })
    expect(text).toContain('There is too little to tell a change against the 3 earlier periods.')
  })

  test('says that nothing can be compared where the history begins with the period', () => {
    expect(march([closed('CHG-1', '2026-03-02')], { since: '2026-03-01T00:00' })).toContain(
      'Nothing can be compared with earlier periods.',
    )
  })
})

describe('incidents that changes caused', () => {
  const down = (id: string, fields: Data = {}) => incident(id, fields, [{ at: '2026-03-06T08:00', state: 'new' }])

  test('are told by either side, each once, with the service that they hurt', () => {
    const text = march([closed('CHG-1', '2026-03-05', { incidents_caused: ['INC-1', 'INC-2'] })], {
      incidents: [
        down('INC-1', { caused_by: 'CHG-1' }),
        down('INC-2'),
        down('INC-3', { caused_by: 'CHG-9' }),
        down('INC-4'),
      ],
    })
    expect(text).toContain('3 of 4 incidents opened (75 %) were caused by changes of Web shop.')
    expect(text.match(/^\| \[INC-1\]/gm)).toHaveLength(1)
    expect(text).toMatch(/^\| \[INC-3\].*\| `CHG-9` \|$/m)
  })

  test('of another period and cancelled ones do not count', () => {
    const text = march([closed('CHG-1', '2026-03-05', { incidents_caused: ['INC-1', 'INC-2'] })], {
      incidents: [
        incident('INC-1', {}, [{ at: '2026-04-01T08:00', state: 'new' }]),
        incident('INC-2', {}, [
          { at: '2026-03-06T08:00', state: 'new' },
          { at: '2026-03-06T09:00', state: 'cancelled' },
        ]),
        down('INC-3'),
      ],
    })
    expect(text).toContain('The only incident opened is not known to come from a change.')
  })
})

describe('the time that a change was carried out in', () => {
  const at = (from: string, until: string, fields: Data = {}) =>
    march([closed('CHG-1', '2026-03-05', { ...planned(eight, nine), ...actual(from, until), ...fields })])

  test('is inside the planned one to its last second', () => {
    expect(at(eight, nine)).toContain(
      '| Outside the planned time (`changes-outside-window`) | carried out | 0 | 0 % | 1 |',
    )
    expect(at(eight, nine)).not.toContain('### Outside of the planned time')
  })

  test('is outside where it goes on longer, with the reason that is given', () => {
    const text = at(eight, ten, { window_deviation_reason: 'The disk was slow' })
    expect(text).toContain('| Outside the planned time (`changes-outside-window`) | carried out | 1 | 100 % | 1 |')
    expect(text).toContain('| 1 h late | The disk was slow |')
  })

  test('is outside where it begins sooner', () => {
    expect(at('2026-03-05T07:30:00Z', nine)).toContain('| 30 min early | none |')
  })

  test('counts in no share where the record does not say it', () => {
    const text = march([closed('CHG-1', '2026-03-05', planned(eight, nine))])
    expect(text).toContain('| Outside the planned time (`changes-outside-window`) | carried out | 0 | no data | 0 |')
  })

  test('is told where none was planned', () => {
    const text = march([closed('CHG-1', '2026-03-05', actual(eight, nine))])
    expect(text).toContain('| No planned time (`changes-without-window`) | carried out | 1 | 100 % | 1 |')
    expect(text).toContain('**not planned**')
  })
})

describe('a freeze', () => {
  const freeze = record('window', 'sales', {
    ...{ title: 'Sales', kind: 'freeze', from: '2026-03-05T00:00:00Z', to: '2026-03-06T00:00:00Z' },
    applies_to: { services: ['webshop'] },
  })
  const lena = { login: 'lena', name: 'Lena', id: 1 }
  const team = record('team', 'cab', { title: 'Board', members: [lena] })
  const done = (fields: Data) =>
    march([closed('CHG-1', '2026-03-05', { ...planned(eight, nine), ...actual(eight, nine), ...fields })], {
      tree: [freeze, team],
    })

  test('that a change was carried out in is named, with who has waived it', () => {
    const waiver = { conflict: 'ci_in_blackout', with: 'sales', approver: 'lena', reason: 'Sales agreed' }
    expect(done({})).toMatch(/### Carried out in a freeze\n[\s\S]*\| \*\*nobody\*\* \|/)
    expect(done({ waivers: [waiver] })).toMatch(/### Carried out in a freeze\n[\s\S]*\| lena \|/)
    expect(done({ waivers: [waiver] })).toContain(
      '| Scheduled with a waived conflict (`conflict-waivers`) | scheduled | 1 | 100 % | 1 |',
    )
  })

  test('does not bind an emergency, nor a change at another time', () => {
    expect(done({ change_type: 'emergency' })).not.toContain('### Carried out in a freeze')
    expect(done(actual('2026-03-06T00:00:00Z', '2026-03-06T01:00:00Z'))).not.toContain('### Carried out in a freeze')
  })
})

describe('an emergency change', () => {
  const policy = record('policy', 'changes', {
    guards: 'change',
    rules: [{ name: 'emergency', when: { change_type: ['emergency'] }, require: 'none', retroactive: 'PT48H' }],
  })
  const begun: Step = { at: '2026-03-05T08:00', state: 'implement' }
  const over: Step = { at: '2026-03-05T09:00', state: 'review' }
  const ratified = (at: string): Step => ({
    at,
    state: 'review',
    set: { log: [{ at: `${at}:00Z`, by: 'lena', ratifies: '0'.padStart(40, 'a') }] },
  })
  const told = (fields: Data, ...steps: readonly Step[]) =>
    march([change('CHG-1', { change_type: 'emergency', ...fields }, steps)], { tree: [policy] })

  test('that was scheduled first had been approved before', () => {
    expect(told({}, { at: '2026-03-05T07:00', state: 'scheduled' }, begun, over)).toContain('| before it began |')
  })

  test('that was approved afterwards in time says how long after', () => {
    const text = told({}, begun, over, ratified('2026-03-07T08:00'))
    expect(text).toContain('| 2 d after it began, in time |')
    expect(text).toContain('1 emergency change was carried out.')
  })

  test('that was approved too late counts as such', () => {
    const text = told({}, begun, over, ratified('2026-03-07T08:01'))
    expect(text).toContain('after it began, **late** |')
    expect(text).toContain('1 emergency change was carried out; the approval of 1 did not come in time.')
  })

  test('whose log ratifies a commit that is none of its own was not approved by that', () => {
    const other = { log: [{ at: '2026-03-06T08:00:00Z', by: 'ada', ratifies: 'f'.repeat(40) }] }
    expect(told({}, begun, { ...over, set: other })).toContain('| not told by the mainline |')
  })

  test('whose approval did not come is told as its log tells it', () => {
    const note =
      'The approval of commit aaaaaaaaaa was due by 2026-03-07 08:00 UTC and did not come: it counts as unauthorised'
    const text = told({}, begun, { ...over, set: { log: [{ at: '2026-03-08T08:00:00Z', by: 'gitsm', note }] } })
    expect(text).toContain('| **not in time**, as its log says |')
  })

  test('that was found out counts as unauthorised from then on, and is approved when it goes to its review', () => {
    const found: Step = { at: '2026-03-05T08:00', state: 'authorize' }
    const open = told({ unauthorised: true }, found)
    expect(open).toContain('**found to have happened without approval**, not approved yet')
    expect(open).toContain('| Unauthorised (`unauthorised-changes`) | begun | 1 | 100 % | 1 |')
    expect(told({ unauthorised: true }, found, over)).toContain('approved 2026-03-05 09:00')
  })
})

describe('the forward schedule', () => {
  const april = (day: string, from: string, until: string) =>
    planned(`2026-04-${day}T${from}:00Z`, `2026-04-${day}T${until}:00Z`)
  const ahead = (id: string, state: string, fields: Data) => change(id, fields, [{ at: '2026-03-20T08:00', state }])
  const web = record('ci', 'web-1', { title: 'Web server', state: 'operational', services: ['webshop'] })
  const schedule = (lives: readonly LifeFacts[], tree: readonly RecordDoc[] = []) =>
    march(lives, { tree: [web, ...tree] })

  test('holds the open changes of the four weeks after the period, and no others', () => {
    const text = schedule([
      ahead('CHG-1', 'scheduled', april('02', '20:00', '21:00')),
      ahead('CHG-2', 'authorize', april('28', '20:00', '21:00')),
      ahead('CHG-3', 'scheduled', april('29', '00:00', '01:00')),
      ahead('CHG-4', 'rejected', april('03', '20:00', '21:00')),
    ])
    expect(text).toContain('2 changes are planned for the next 28 days, 1 of them authorised.')
    const table = text.slice(text.indexOf('## Forward schedule'))
    expect(table.match(/\[CHG-\d\]/g)).toEqual(['[CHG-1]', '[CHG-2]'])
    expect(table).toContain('normal, authorize, not authorised')
  })

  test('marks changes that cannot both have their time', () => {
    const text = schedule([
      ahead('CHG-1', 'scheduled', { ...april('02', '20:00', '22:00'), cis: ['web-1'] }),
      ahead('CHG-2', 'scheduled', { ...april('02', '21:00', '23:00'), cis: ['web-1'] }),
    ])
    expect(text).toContain('2 changes are planned for the next 28 days, 2 of them authorised; 2 collide.')
    expect(text).toContain('**collides:** CHG-2 changes web-1 at the same time')
    expect(text.match(/:crit, milestone, 2026-04-02/g)).toHaveLength(2)
  })

  test('marks a change that stands in a freeze, and names the next one', () => {
    const easter = record('window', 'easter', {
      ...{ title: 'Easter', kind: 'freeze', from: '2026-04-03T00:00:00Z', to: '2026-04-07T00:00:00Z' },
      applies_to: { services: ['webshop'] },
    })
    const text = schedule([ahead('CHG-1', 'scheduled', april('04', '20:00', '21:00'))], [easter])
    expect(text).toContain('1 change is planned for the next 28 days, and authorised; 1 stands in a freeze.')
    expect(text).toContain('The next freeze, Easter, is from 2026-04-03 00:00 to 2026-04-07 00:00.')
    expect(text).toContain('**freeze:** webshop is in the freeze easter')
    expect(text).toContain(' Easter | Web shop | emergency changes |')
  })

  test('says that nothing is planned and nothing frozen', () => {
    const text = schedule([closed('CHG-1', '2026-03-02')])
    expect(text).toContain('No change is planned for the next 28 days.')
    expect(text).toContain('No freeze lies in these weeks.')
    expect(text).not.toContain('```mermaid')
  })

  test('names what should have begun, and what has no time yet', () => {
    const text = schedule([
      ahead('CHG-1', 'scheduled', planned('2026-03-30T20:00:00Z', '2026-03-30T21:00:00Z')),
      ahead('CHG-2', 'assess', {}),
    ])
    expect(text).toMatch(/Their time is over and nobody wrote down that they began: \[CHG-1\]/)
    expect(text).toMatch(/No time is planned yet for \[CHG-2\]/)
  })
})
