import { describe, expect, test } from 'vitest'
import { breakdown } from '../../src/core/kpi-breakdown.ts'
import type { PeriodIncidents } from '../../src/core/kpi-incident.ts'
import {
  acknowledgeTimes,
  ageOf,
  firstAssignment,
  incidentTrend,
  reopened,
  repeatIncidents,
  resolveTimes,
  waiting,
} from '../../src/core/kpi-incident.ts'
import type { Data } from '../../src/core/record.ts'
import type { IncidentFacts, ReportFacts } from '../../src/core/report.ts'
import { facts, incident } from '../reports/web-shop.ts'

function ids(lives: PeriodIncidents['opened']): readonly string[] {
  return lives.map((life) => life.incident.id)
}

function figures(given: ReportFacts): PeriodIncidents {
  const last = incidentTrend(given).at(-1)
  if (!last) throw new Error('no trend')
  return last
}

/** An incident opened at one time and resolved at another. */
function simple(id: string, opened: string, resolved?: string, fields: Data = {}): IncidentFacts {
  const start = { at: opened, state: 'new' }
  return incident(id, fields, resolved === undefined ? [start] : [start, { at: resolved, state: 'resolved' }])
}

describe('the incidents of a period', () => {
  test('begin with its first second and end before its end', () => {
    const march = figures(
      facts({
        period: '2026-03',
        incidents: [
          simple('INC-1', '2026-02-28T23:59', '2026-03-01T00:00'),
          simple('INC-2', '2026-03-01T00:00', '2026-03-31T23:59'),
          simple('INC-3', '2026-03-31T23:59', '2026-04-01T00:00'),
        ],
      }),
    )
    expect(ids(march.opened)).toEqual(['INC-2', 'INC-3'])
    expect(ids(march.resolved)).toEqual(['INC-1', 'INC-2'])
    expect(ids(march.open)).toEqual(['INC-3'])
  })

  test('follow the zone of the reports, also in a month with a clock change', () => {
    const incidents = [
      simple('INC-1', '2026-02-28T23:00'),
      simple('INC-2', '2026-03-31T21:59'),
      simple('INC-3', '2026-03-31T22:00'),
    ]
    expect(ids(figures(facts({ period: '2026-03', zone: 'Europe/Berlin', incidents })).opened)).toEqual([
      'INC-1',
      'INC-2',
    ])
  })

  test('of a leap February include its last day', () => {
    const incidents = [simple('INC-1', '2024-02-29T12:00')]
    expect(ids(figures(facts({ period: '2024-02', incidents })).opened)).toEqual(['INC-1'])
  })

  test('know what was recorded at the as-of instant itself, while the period runs', () => {
    const incidents = [simple('INC-1', '2026-03-10T12:00')]
    const running = figures(facts({ period: '2026-03', asOf: '2026-03-10T12:00', incidents }))
    expect(ids(running.open)).toEqual(['INC-1'])
    expect(running.open.map((life) => ageOf(life, running))).toEqual([0])
    expect(running.coverage).toBe('part')
  })

  test('leave cancelled ones out', () => {
    const cancelled = incident('INC-1', {}, [
      { at: '2026-03-02T08:00', state: 'new' },
      { at: '2026-04-02T08:00', state: 'cancelled' },
    ])
    expect(figures(facts({ period: '2026-03', incidents: [cancelled] })).all).toEqual([])
  })

  test('of an earlier period are those that stood at its end', () => {
    const reopenedLater = incident('INC-1', {}, [
      { at: '2026-02-02T08:00', state: 'new' },
      { at: '2026-02-03T08:00', state: 'resolved' },
      { at: '2026-03-04T08:00', state: 'in_progress' },
      { at: '2026-03-05T08:00', state: 'resolved' },
    ])
    const trend = incidentTrend(facts({ period: '2026-03', incidents: [reopenedLater] }))
    expect(trend.map(({ resolved }) => resolved.length)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    expect(trend.slice(-2).map((period) => reopened(period))).toEqual([
      { count: 0, n: 1 },
      { count: 1, n: 1 },
    ])
  })

  test('are covered in whole, in part or not at all by the history', () => {
    const trend = incidentTrend(facts({ period: '2026-03', since: '2026-01-10T00:00', incidents: [] }))
    expect(trend.slice(-4).map(({ coverage }) => coverage)).toEqual(['none', 'part', 'whole', 'whole'])
  })
})

test('times run from opening to resolution, and to the first step out of new', () => {
  const march = figures(
    facts({
      period: '2026-03',
      incidents: [
        incident('INC-1', {}, [
          { at: '2026-02-28T10:00', state: 'new' },
          { at: '2026-02-28T11:00', state: 'in_progress' },
          { at: '2026-03-01T10:00', state: 'resolved' },
        ]),
        incident('INC-2', {}, [
          { at: '2026-03-02T10:00', state: 'new' },
          { at: '2026-03-02T10:30', state: 'in_progress' },
        ]),
      ],
    }),
  )
  expect(resolveTimes(march)).toEqual([86_400])
  expect(acknowledgeTimes(march)).toEqual([1800])
})

test('an incident that one team resolved was not reassigned', () => {
  const handed = incident('INC-2', { team: 'network' }, [
    { at: '2026-03-02T10:00', state: 'new' },
    { at: '2026-03-02T11:00', state: 'in_progress', set: { team: 'operations' } },
    { at: '2026-03-02T12:00', state: 'resolved' },
  ])
  const march = facts({
    period: '2026-03',
    incidents: [simple('INC-1', '2026-03-01T10:00', '2026-03-01T11:00'), handed],
  })
  expect(firstAssignment(figures(march))).toEqual({ count: 1, n: 2 })
})

test('waiting counts within the period only, longest first', () => {
  const waits = incident('INC-1', {}, [
    { at: '2026-02-27T00:00', state: 'on_hold', hold: 'awaiting_caller' },
    { at: '2026-03-02T00:00', state: 'in_progress' },
    { at: '2026-03-03T00:00', state: 'on_hold' },
    { at: '2026-03-03T06:00', state: 'in_progress' },
    { at: '2026-03-31T12:00', state: 'on_hold', hold: 'awaiting_caller' },
  ])
  expect(waiting(figures(facts({ period: '2026-03', incidents: [waits] })))).toEqual([
    { reason: 'awaiting_caller', time: 36 * 3600, incidents: 1 },
    { reason: null, time: 6 * 3600, incidents: 1 },
  ])
})

describe('repeat incidents', () => {
  const alike = { cis: ['web-1'], category: 'web' }

  test('follow a like one resolved in the 30 days before', () => {
    const march = figures(
      facts({
        period: '2026-03',
        incidents: [
          simple('INC-1', '2026-02-01T00:00', '2026-02-20T00:00', alike),
          simple('INC-2', '2026-03-10T00:00', '2026-03-11T00:00', alike),
          simple('INC-3', '2026-03-12T00:00', undefined, { ...alike, cis: ['web-2'] }),
          simple('INC-4', '2026-03-12T00:00', undefined, { category: 'web' }),
        ],
      }),
    )
    expect(repeatIncidents(march).share).toEqual({ count: 1, n: 2 })
    expect(repeatIncidents(march).groups.map(({ lives, repeats }) => [ids(lives), repeats])).toEqual([[['INC-2'], 1]])
  })

  test('are none after longer, before the other was resolved, or after themselves', () => {
    const march = figures(
      facts({
        period: '2026-03',
        incidents: [
          simple('INC-1', '2026-01-01T00:00', '2026-01-20T00:00', alike),
          simple('INC-2', '2026-03-10T00:00', '2026-03-15T00:00', alike),
          simple('INC-3', '2026-03-12T00:00', undefined, alike),
          incident('INC-4', { cis: ['db-1'] }, [{ at: '2026-03-12T00:00', state: 'resolved' }]),
        ],
      }),
    )
    expect(repeatIncidents(march).share).toEqual({ count: 0, n: 3 })
  })
})

describe('a breakdown', () => {
  const march = figures(
    facts({
      period: '2026-03',
      incidents: [
        ...['INC-1', 'INC-2', 'INC-3'].map((id) =>
          simple(id, '2026-03-02T00:00', '2026-03-02T02:00', { category: 'web' }),
        ),
        simple('INC-4', '2026-03-02T00:00', undefined, { category: 'mail' }),
        simple('INC-5', '2026-03-02T00:00'),
      ],
    }),
  )

  test('puts the most frequent value first and adds up', () => {
    const { rows, vitalFew, values } = breakdown('category', march, 10)
    expect(
      rows.map(({ value, opened, resolved, open, cumulative }) => [value, opened, resolved, open, cumulative.count]),
    ).toEqual([
      ['web', 3, 3, 0, 3],
      [null, 1, 0, 1, 4],
      ['mail', 1, 0, 1, 5],
    ])
    expect([vitalFew, values]).toEqual([2, 3])
  })

  test('says how many values it leaves out', () => {
    expect(breakdown('category', march, 1)).toMatchObject({ rest: { values: 2, opened: 2 }, vitalFew: 2 })
  })

  test('of nothing has no rows', () => {
    const none = figures(facts({ period: '2026-03', incidents: [] }))
    expect(breakdown('team', none, 10)).toMatchObject({ rows: [], vitalFew: 0, values: 0 })
  })
})
