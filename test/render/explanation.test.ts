import { describe, expect, test } from 'vitest'
import { explain } from '../../src/core/explain.ts'
import { accountedReadings } from '../../src/core/sla-reading.ts'
import type { Moment } from '../../src/core/timeline.ts'
import { explanationsMarkdown, explanationsText, type RecordAccount } from '../../src/render/explanation.ts'
import { calendarRecord, instant, type LifeStep, lifeOf, over, slaRecord } from '../support/life.ts'

const evidence = { counts: { attested: 0, signed: 0, observed: 0, claimed: 0 }, findings: [], doubted: [], notes: [] }

const levels = over(
  [
    {
      at: '2026-01-01T00:00:00Z',
      record: slaRecord('gold', {
        targets: {
          resolution: {
            stop: ['resolved', 'closed'],
            pause: ['on_hold:awaiting_caller'],
            target: { P2: 'PT4H', default: 'PT8H' },
          },
        },
      }),
    },
    {
      at: '2026-01-01T00:00:00Z',
      record: calendarRecord('office', {
        timezone: 'Europe/Berlin',
        hours: { 'mon-fri': ['08:00-18:00'] },
        holidays: [{ date: '2026-12-25', title: 'Christmas Day' }],
      }),
    },
  ],
  'office',
)

const steps: readonly LifeStep[] = [
  { at: '2026-12-23T16:00:30Z', state: 'new', set: { opened_at: '2026-12-23T15:30:00Z' } },
  { at: '2026-12-24T09:00:00Z', state: 'on_hold', hold: 'awaiting_caller' },
  { at: '2026-12-24T11:00:00Z', state: 'in_progress', set: { priority: 'P2' } },
  { at: '2026-12-24T12:00:00Z', state: 'resolved' },
  { at: '2026-12-24T16:00:00Z', state: 'in_progress' },
  { at: '2026-12-28T08:00:15Z', state: 'resolved' },
  { at: '2026-12-30T08:00:00Z', state: 'closed' },
]

function accountOf(moments: readonly Moment[], asOf = instant('2026-12-31T00:00:00Z')): RecordAccount {
  const record = { type: 'incident', id: 'INC-1', moments }
  const written = levels.editions.flatMap(({ commit }) => commit ?? [])
  const context = { moments, asOf, commits: new Map(written.map((commit) => [commit.commit, commit])) }
  const explanations = accountedReadings(record, levels, asOf).map((each) => explain(each, context))
  return { id: 'INC-1', commit: '0123456789abcdef', asOf, explanations, warnings: [], evidence }
}

/** Seconds of `hours:minutes:seconds`. */
function seconds(text: string): number {
  const [hours, minutes, rest] = text.split(':').map(Number)
  return (hours ?? Number.NaN) * 3600 + (minutes ?? Number.NaN) * 60 + (rest ?? Number.NaN)
}

const stamp = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(?::\\d\\d)?'

interface Line {
  readonly from: number
  readonly until: number
  readonly what: string
  readonly counted: number
  readonly total: number
}

/** The intervals as a person would read them off the page. */
function linesOf(page: string, form: RegExp): readonly Line[] {
  return Array.from(page.matchAll(form), ({ groups = {} }) => ({
    from: instant(`${groups['from']}Z`),
    until: instant(`${groups['until']}Z`),
    what: groups['what'] ?? '',
    counted: seconds(groups['counted'] ?? ''),
    total: seconds(groups['total'] ?? ''),
  }))
}

const inTable = new RegExp(
  `^(?<from>${stamp}) +(?<until>${stamp}) {2,}(?<what>\\S.*?) {2,}(?<counted>\\d+:\\d\\d:\\d\\d) +(?<total>\\d+:\\d\\d:\\d\\d) `,
  'gm',
)
const inTwoLines = new RegExp(
  `^(?<from>${stamp}) +→ +(?<until>${stamp}) +\\+(?<counted>[\\d:]+) +=\\s+(?<total>[\\d:]+)\\n {2}(?<what>[^,]+),`,
  'gm',
)
const inMarkdown = new RegExp(
  `^\\| (?<from>${stamp}) \\| (?<until>${stamp}) \\| (?<what>[^|]*) \\| (?<counted>[\\d:]+) \\| (?<total>[\\d:]+) \\|`,
  'gm',
)

describe('the account of a clock', () => {
  const account = accountOf(lifeOf(steps))

  test.each<[string, string, RegExp]>([
    ['a table', explanationsText(account, false), inTable],
    ['two lines an interval on a narrow terminal', explanationsText(account, false, 80), inTwoLines],
    ['Markdown', explanationsMarkdown(account), inMarkdown],
  ])('as %s adds up by hand', (_, page, form) => {
    const lines = linesOf(page, form)
    expect(lines.map(({ what }) => what.replaceAll(/[\\\u2060]/g, ''))).toEqual([
      'running: new',
      'closed hours',
      'running: new',
      'paused: on_hold:awaiting_caller',
      'running: in_progress',
      'after stop: resolved',
      'running: in_progress',
      'closed hours',
      'holiday: Christmas Day',
      'closed hours',
      'running: in_progress',
      'after stop: resolved',
      'after stop: closed',
    ])
    let [total, at] = [0, instant('2026-12-23T15:30:00Z')]
    for (const { from, until, what, counted, total: shown } of lines) {
      expect(from).toBe(at)
      expect(counted).toBe(what.startsWith('running') ? until - from : 0)
      total += counted
      expect(shown).toBe(total)
      at = until
    }
    expect(at).toBe(account.asOf)
    // 1.5 h on the first evening, 2 h before the hold, 1 h after it, 1 h after the reopening, 1 h and 15 s at the end.
    expect(total).toBe(6.5 * 3600 + 15)
    expect(page).toContain('was breached by 2 h 30 min 15 s: 6 h 30 min 15 s of 4 h used')
  })

  test('names the commit, the author and the provenance of each edge, and what a record only declares', () => {
    const page = explanationsText(account, false)
    const birth = `c${instant('2026-12-23T16:00:30Z')}`.slice(0, 10)
    expect(page).toMatch(new RegExp(`running: new .*${birth} ada, claimed, declared 30 min 30 s earlier\n`))
    expect(page).toMatch(/paused: on_hold:awaiting_caller .* c179810280 ada, claimed\n/)
    expect(page).toMatch(/closed hours .*the calendar\n/)
  })

  test('names the versions, both targets, when it was due and at risk, and how much open time the pause took out', () => {
    const page = explanationsText(account, false)
    expect(page).toMatch(/agreement +gold, written 2026-01-01 00:00 by ada in c\d+ \(claimed\)\n/)
    expect(page).toMatch(
      /calendar +office \(Europe\/Berlin, UTC\+01:00\), written 2026-01-01 00:00 by ada in c\d+ \(claimed\)\n/,
    )
    expect(page).toMatch(/target +8 h for no priority; 4 h for P2 from 2026-12-24 11:00 on, with 3:30:00 used\n/)
    expect(page).toMatch(/due +2026-12-24 11:30\n/)
    expect(page).toMatch(/at risk +2026-12-24 11:00, at 75 %\n/)
    expect(page).toMatch(/paused +2:00:00 of open time, not counted\n/)
    expect(page).toMatch(/breached +2026-12-24 11:30\n/)
  })

  test('labels each edge by what its time rests on', () => {
    const [first, ...later] = lifeOf(steps, 'attested')
    if (!first) throw new Error('a birth was expected')
    const page = explanationsText(
      accountOf([{ ...first, commit: { ...first.commit, provenance: 'signed' } }, ...later]),
      false,
    )
    expect(page).toMatch(/running: new .* ada, signed, declared 30 min 30 s earlier\n/)
    expect(page).toMatch(/paused: on_hold:awaiting_caller .* ada, attested\n/)
  })

  test('fits a terminal of 120 columns, and one of 80 but for names of people', () => {
    for (const width of [80, 120]) {
      const rows = explanationsText(account, false, width)
        .split('\n')
        .filter((line) => /^\d{4}-/.test(line))
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) expect(row.length).toBeLessThanOrEqual(width)
    }
  })

  test('holds what people write as text', () => {
    const hostile = lifeOf(steps).map((moment) => ({
      ...moment,
      commit: { ...moment.commit, by: 'eve | <b>@ada</b>\u001b[31m\n# owned' },
    }))
    const told = accountOf(hostile)
    const text = explanationsText(told, false)
    expect(text).toContain('eve | <b>@ada</b>\\u001b[31m\\u000a# owned')
    const markdown = explanationsMarkdown(told)
    expect(markdown).toContain('eve &#124; &lt;b&gt;@\u2060ada&lt;/b&gt;&#92;u001b\\[31m # owned')
    expect(markdown.split('\n').filter((line) => line.startsWith('#'))).toEqual(['# INC-1', '## gold resolution'])
    for (const line of markdown.split('\n').filter((each) => each.startsWith('|'))) {
      expect(line.match(/(?<!\\)\|/g)).toHaveLength(8)
    }
  })
})
