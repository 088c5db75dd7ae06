import { describe, expect, test } from 'vitest'
import { type Explanation, explain } from '../../src/core/explain.ts'
import { formatInstant } from '../../src/core/instant.ts'
import type { ServiceLevels } from '../../src/core/service-levels.ts'
import { accountedReadings } from '../../src/core/sla-reading.ts'
import { calendarRecord, instant, type LifeStep, lifeOf, over, slaRecord, standing } from '../support/life.ts'

const office = calendarRecord('office', {
  timezone: 'Europe/Berlin',
  hours: { 'mon-fri': ['08:00-18:00'] },
  holidays: [{ date: '2026-12-25', title: 'Christmas Day' }, '2026-12-28'],
})
const resolution = { stop: ['resolved', 'closed'], pause: ['on_hold:awaiting_caller'], target: 'PT8H' }
const gold = slaRecord('gold', { targets: { resolution } })

function explained(levels: ServiceLevels, steps: readonly LifeStep[], asOf: string): Explanation {
  const moments = lifeOf(steps)
  const [found] = accountedReadings({ type: 'incident', id: 'INC-1', moments }, levels, instant(asOf))
  if (!found) throw new Error('a reading was expected')
  const written = [...levels.editions.map(({ commit }) => commit)].flatMap((commit) => commit ?? [])
  const commits = new Map(written.map((commit) => [commit.commit, commit]))
  return explain(found, { moments, asOf: instant(asOf), commits })
}

/** Each stretch as start, kind, reason, counted and total hours, and what began it. */
function told({ stretches }: Explanation): readonly string[] {
  return stretches.map(({ from, kind, reason, counted, total, edge }) =>
    [
      formatInstant(from).slice(5, 16),
      kind,
      ...(reason === undefined ? [] : [reason]),
      `${counted / 3600} of ${total / 3600} h`,
      ...(edge === undefined ? [] : [edge.basis]),
    ].join(' '),
  )
}

const steps: readonly LifeStep[] = [
  { at: '2026-12-23T16:00:00Z', state: 'new', set: { opened_at: '2026-12-23T15:30:00Z' } },
  { at: '2026-12-24T08:00:00Z', state: 'in_progress' },
  { at: '2026-12-24T09:00:00Z', state: 'on_hold', hold: 'awaiting_caller' },
  { at: '2026-12-24T11:00:00Z', state: 'in_progress' },
  { at: '2026-12-24T12:00:00Z', state: 'resolved' },
  { at: '2026-12-24T16:00:00Z', state: 'in_progress' },
  { at: '2026-12-29T08:00:00Z', state: 'resolved' },
]

describe('the account of a reading', () => {
  const account = explained(standing([office, gold], 'office'), steps, '2026-12-31T00:00:00Z')

  test('tells every stretch: what it was, what it counted, and what began it', () => {
    expect(told(account)).toEqual([
      '12-23T15:30 running new 1.5 of 1.5 h declared',
      '12-23T17:00 closed new 0 of 1.5 h',
      '12-24T07:00 running new 1 of 2.5 h',
      '12-24T08:00 running in_progress 1 of 3.5 h recorded',
      '12-24T09:00 paused on_hold:awaiting_caller 0 of 3.5 h recorded',
      '12-24T11:00 running in_progress 1 of 4.5 h recorded',
      '12-24T12:00 stopped resolved 0 of 4.5 h recorded',
      '12-24T16:00 running in_progress 1 of 5.5 h recorded',
      '12-24T17:00 closed in_progress 0 of 5.5 h',
      '12-24T23:00 holiday Christmas Day 0 of 5.5 h',
      '12-25T23:00 closed in_progress 0 of 5.5 h',
      '12-27T23:00 holiday 0 of 5.5 h',
      '12-28T23:00 closed in_progress 0 of 5.5 h',
      '12-29T07:00 running in_progress 1 of 6.5 h',
    ])
  })

  test('names the commit, its author and how far it can be trusted', () => {
    const stop = instant('2026-12-29T08:00:00Z')
    expect(account.end).toEqual({
      commit: { commit: `c${stop}`, position: stop, at: stop, provenance: 'claimed', by: 'ada' },
      basis: 'recorded',
    })
  })

  test('adds up to the reading', () => {
    expect(account.stretches.at(-1)?.total).toBe(account.reading.elapsed)
    expect(account.reading.elapsed).toBe(6.5 * 3600)
  })

  test('shows how much open time a pause took out', () => {
    expect(account.stretches.find(({ kind }) => kind === 'paused')).toMatchObject({ open: 7200, counted: 0 })
  })

  test('says when it came to be at risk, on the calendar', () => {
    expect(formatInstant(account.reading.atRiskAt ?? 0)).toBe('2026-12-29T07:30:00Z')
  })

  test('names the commit of the version of the agreement that judged', () => {
    expect(account.version).toBeUndefined()
    const written = over([
      { at: '2026-01-01T00:00:00Z', record: gold },
      { at: '2026-12-24T00:00:00Z', record: slaRecord('gold', { title: 'Gold', targets: { resolution } }) },
    ])
    expect(explained(written, steps, '2026-12-31T00:00:00Z').version).toBe(`c${instant('2026-01-01T00:00:00Z')}`)
  })

  test('names the commit that edited the calendar as the edge', () => {
    const longer = calendarRecord('office', { timezone: 'Europe/Berlin', hours: { 'mon-sun': ['00:00-24:00'] } })
    const written = over(
      [
        { at: '2026-01-01T00:00:00Z', record: gold },
        { at: '2026-01-01T00:00:00Z', record: office },
        { at: '2026-12-23T20:00:00Z', record: longer },
      ],
      'office',
    )
    expect(told(explained(written, steps.slice(0, 1), '2026-12-23T22:00:00Z'))).toEqual([
      '12-23T15:30 running new 1.5 of 1.5 h declared',
      '12-23T17:00 closed new 0 of 1.5 h',
      '12-23T20:00 running new 2 of 3.5 h recorded',
    ])
  })

  test('tells a step that counts when it was declared', () => {
    const tolerant = slaRecord('gold', { declared_tolerance: 'PT10M', targets: { resolution } })
    const quick = [
      { at: '2026-12-23T08:00:00Z', state: 'new' },
      { at: '2026-12-23T09:00:00Z', state: 'in_progress', declared: '2026-12-23T08:55:00Z' },
    ]
    expect(told(explained(standing([office, tolerant], 'office'), quick, '2026-12-23T09:00:00Z')).at(-1)).toMatch(
      /^12-23T08:55 running in_progress .* declared$/,
    )
  })
})

describe('what the account of a reading rests on', () => {
  const account = explained(standing([office, gold], 'office'), steps, '2026-12-31T00:00:00Z')

  test('is told after the stop, too, up to the instant it is looked at', () => {
    const closed = [...steps, { at: '2026-12-30T08:00:00Z', state: 'closed' }]
    const { after, reading } = explained(standing([office, gold], 'office'), closed, '2026-12-31T00:00:00Z')
    expect(
      after.map(({ from, until, state, commit }) => [formatInstant(from), formatInstant(until), state, commit.commit]),
    ).toEqual([
      ['2026-12-29T08:00:00Z', '2026-12-30T08:00:00Z', 'resolved', `c${reading.stop}`],
      ['2026-12-30T08:00:00Z', '2026-12-31T00:00:00Z', 'closed', `c${instant('2026-12-30T08:00:00Z')}`],
    ])
    expect(explained(standing([office, gold], 'office'), closed, '2026-12-29T07:30:00Z').after).toEqual([])
  })

  test('is told after a cancellation that counts when it was declared', () => {
    const tolerant = slaRecord('gold', { declared_tolerance: 'PT10M', targets: { resolution } })
    const life = [
      { at: '2026-12-23T08:00:00Z', state: 'new' },
      { at: '2026-12-23T09:05:00Z', state: 'cancelled', declared: '2026-12-23T09:00:00Z' },
    ]
    const { after } = explained(standing([office, tolerant], 'office'), life, '2026-12-24T00:00:00Z')
    expect(after.map(({ from, state }) => [formatInstant(from), state])).toEqual([
      ['2026-12-23T09:00:00Z', 'cancelled'],
    ])
  })

  test('is told after the team that promised gave the record away', () => {
    const ola = slaRecord('ola', {
      kind: 'ola',
      targets: { handling: { while: { team: ['platform'] }, stop: ['resolved'], target: 'PT8H' } },
    })
    const life = [
      { at: '2026-12-23T08:00:00Z', state: 'new', set: { team: 'platform' } },
      { at: '2026-12-23T09:00:00Z', state: 'new', set: { team: 'operations' } },
      { at: '2026-12-23T10:00:00Z', state: 'resolved' },
    ]
    const { after, reading } = explained(standing([office, ola], 'office'), life, '2026-12-23T11:00:00Z')
    expect(reading).toMatchObject({ status: 'met', elapsed: 3600 })
    expect(after.map(({ from, state }) => [formatInstant(from), state])).toEqual([
      ['2026-12-23T09:00:00Z', 'new'],
      ['2026-12-23T10:00:00Z', 'resolved'],
    ])
  })

  test('tells a record that is taken up again after a response that is given once', () => {
    const answer = slaRecord('gold', { targets: { response: { stop: ['in_progress'], target: 'PT8H' } } })
    const { after } = explained(standing([office, answer], 'office'), steps, '2026-12-31T00:00:00Z')
    expect(after.map(({ state }) => state)).toEqual([
      'in_progress',
      'on_hold:awaiting_caller',
      'in_progress',
      'resolved',
      'in_progress',
      'resolved',
    ])
  })

  test('are the versions of the agreement and of the calendars, with the commits that wrote them', () => {
    const longer = calendarRecord('office', { timezone: 'Europe/Berlin', hours: { 'mon-sun': ['00:00-24:00'] } })
    const tighter = slaRecord('gold', {
      binding: 'at_event',
      targets: { resolution: { ...resolution, target: 'PT4H' } },
    })
    const written = over(
      [
        { at: '2026-01-01T00:00:00Z', record: slaRecord('gold', { binding: 'at_event', targets: { resolution } }) },
        { at: '2026-01-01T00:00:00Z', record: office },
        { at: '2026-12-23T20:00:00Z', record: longer },
        { at: '2026-12-23T21:00:00Z', record: tighter },
      ],
      'office',
    )
    const { agreements, calendars, version } = explained(written, steps.slice(0, 1), '2026-12-23T22:00:00Z')
    const told = (versions: typeof agreements) =>
      versions.map(({ id, from, commit, zone }) => [id, formatInstant(from).slice(5, 16), commit?.commit, zone])
    const at = (text: string) => `c${instant(text)}`
    expect(told(agreements)).toEqual([
      ['gold', '12-23T15:30', at('2026-01-01T00:00:00Z'), undefined],
      ['gold', '12-23T21:00', at('2026-12-23T21:00:00Z'), undefined],
    ])
    expect(version).toBe(at('2026-12-23T21:00:00Z'))
    expect(told(calendars)).toEqual([
      ['office', '12-23T15:30', at('2026-01-01T00:00:00Z'), 'Europe/Berlin'],
      ['office', '12-23T20:00', at('2026-12-23T20:00:00Z'), 'Europe/Berlin'],
    ])
  })

  test('names a built-in calendar without a commit', () => {
    expect(account.calendars).toMatchObject([{ id: 'office', zone: 'Europe/Berlin' }])
    const around = slaRecord('gold', { targets: { resolution: { ...resolution, calendar: 'always' } } })
    const { calendars } = explained(standing([around]), steps, '2026-12-31T00:00:00Z')
    expect(calendars).toEqual([
      { id: 'always', zone: 'UTC', offsets: ['+00:00'], from: instant('2026-12-23T15:30:00Z') },
    ])
  })
})

describe('the verdict in one sentence', () => {
  const sentence = (life: readonly LifeStep[], asOf: string): string =>
    explained(standing([office, gold], 'office'), life, asOf).sentence
  const born = { at: '2026-12-21T08:00:00Z', state: 'new' }

  test.each<[string, readonly LifeStep[], string, string]>([
    [
      'running',
      [born],
      '2026-12-21T09:30:00Z',
      'resolution of INC-1 under gold is running: 1 h 30 min of 8 h used, due 2026-12-21 16:00 UTC',
    ],
    [
      'paused',
      [born, { at: '2026-12-21T09:00:00Z', state: 'on_hold', hold: 'awaiting_caller' }],
      '2026-12-21T10:00:00Z',
      'resolution of INC-1 under gold is paused: 1 h of 8 h used, due 2026-12-21 17:00 UTC if resumed now',
    ],
    [
      'breached',
      [born],
      '2026-12-21T16:00:45Z',
      'resolution of INC-1 under gold is breached by 45 s: 8 h 45 s of 8 h used, due 2026-12-21 16:00 UTC',
    ],
    [
      'breached and stopped',
      [born, { at: '2026-12-22T08:00:00Z', state: 'resolved' }],
      '2026-12-23T00:00:00Z',
      'resolution of INC-1 under gold was breached by 2 h: 10 h of 8 h used, due 2026-12-21 16:00 UTC',
    ],
    [
      'met',
      [born, { at: '2026-12-21T08:00:30Z', state: 'resolved' }],
      '2026-12-23T00:00:00Z',
      'resolution of INC-1 under gold was met with 7 h 59 min 30 s to spare: 30 s of 8 h used',
    ],
    [
      'filed after the fact',
      [{ at: '2026-12-21T08:00:00Z', state: 'resolved' }],
      '2026-12-23T00:00:00Z',
      'resolution of INC-1 under gold was met with 8 h to spare: 0 s of 8 h used; filed after the fact',
    ],
    [
      'cancelled',
      [born, { at: '2026-12-21T09:00:00Z', state: 'cancelled' }],
      '2026-12-23T00:00:00Z',
      'resolution of INC-1 under gold was cancelled with 1 h of 8 h used',
    ],
  ])('of a clock that is %s', (_, life, asOf, expected) => {
    expect(sentence(life, asOf)).toBe(expected)
  })

  test('of a clock whose calendar never opens', () => {
    const never = calendarRecord('never', { timezone: 'UTC', hours: {} })
    const { sentence: text, reading } = explained(standing([never, gold], 'never'), [born], '2026-12-22T00:00:00Z')
    expect(text).toBe('resolution of INC-1 under gold is running: 0 s of 8 h used, its calendar never opens again')
    expect(reading.atRiskAt).toBeNull()
  })
})
