import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import type { ImprovementFacts } from '../../src/core/report.ts'
import { reviewActions } from '../../src/core/report-action.ts'
import { beforeAndAfter, registerEntries } from '../../src/core/report-register.ts'
import { at, facts, incident, life, record } from '../reports/web-shop.ts'

const improvement = (id: string, fields: Data, ...states: readonly (readonly [string, string])[]): ImprovementFacts =>
  life(
    'improvement',
    id,
    { title: id, service: undefined, ...fields },
    states.map(([when, state]) => ({ at: when, state })),
  )

const kpi = record('kpi', 'daily-downtime', {
  title: 'Minutes down a day',
  ...{ unit: 'min', direction: 'down', measurement: 'downtime', aggregation: 'mean' },
})

/** One value a day from 1 January 2026 on: 8 before 15 May, 2 from then on. */
const downtime = {
  file: 'records/measurement/downtime.csv',
  columns: ['value'],
  points: Array.from({ length: 212 }, (_, day) => ({
    at: at('2026-01-01T00:00') + day * 86_400,
    values: [day < 134 ? 8 : 2],
  })),
}

const given = (improvements: readonly ImprovementFacts[], period = '2026-07') =>
  facts({
    period,
    since: '2025-06-01T00:00',
    incidents: [],
    improving: { kpis: [kpi], improvements, series: new Map([['downtime', downtime]]) },
  })

const inPlace = {
  kpi: 'daily-downtime',
  baseline: { value: 8, from: '2026-04-01', to: '2026-05-01' },
  target: 4,
  implemented_at: '2026-05-15T00:00:00Z',
}

describe('an entry of the register', () => {
  test('says who answers for it: the team, else the sponsor, else who proposed it', () => {
    const people = { team: 'operations', sponsor: 'lena', proposer: 'ada' }
    const owners = registerEntries(
      given([
        improvement('IMP-1', people, ['2026-07-01T08:00', 'new']),
        improvement('IMP-2', { ...people, team: undefined }, ['2026-07-01T08:00', 'new']),
        improvement('IMP-3', { proposer: 'ada' }, ['2026-07-01T08:00', 'new']),
      ]),
      'improvements',
    ).map(({ owner }) => owner)
    expect(owners).toEqual(['Operations', 'lena', 'ada'])
  })

  test.each([
    ['gitsm report --period 2026-05', true],
    ['reports/2026-05/csi.md, step 5', true],
    ['The report of the fire brigade', false],
    ['Survey of spring 2026', false],
  ])('revealed by %j comes from a report of ours: %s', (source, isFromReport) => {
    const [entry] = registerEntries(
      given([improvement('IMP-1', { source }, ['2026-07-01T08:00', 'new'])]),
      'improvements',
    )
    expect(entry).toMatchObject({ source, isFromReport, isNew: true, isEnded: false })
  })

  test('measures its effect by the direction of its indicator', () => {
    const [entry] = registerEntries(
      given([improvement('IMP-1', inPlace, ['2026-04-01T08:00', 'review'])]),
      'improvements',
    )
    expect(entry?.effect).toEqual({ percent: 75, isBetter: true, isProven: false })
    const closed = { ...inPlace, measured_value: 10, result: 'not_achieved' }
    const [worse] = registerEntries(
      given([improvement('IMP-1', closed, ['2026-07-09T08:00', 'closed'])]),
      'improvements',
    )
    expect(worse).toMatchObject({ isEnded: true, effect: { percent: 25, isBetter: false, isProven: true } })
  })

  test('has no effect before anything is measured', () => {
    const early = { kpi: 'daily-downtime', baseline: { value: 8 }, target: 4 }
    const [entry] = registerEntries(
      given([improvement('IMP-1', early, ['2026-07-01T08:00', 'assess'])]),
      'improvements',
    )
    expect(entry?.effect).toBeNull()
  })
})

describe('before and after', () => {
  test('shows the indicator by month from half a year before, as far as there are values', () => {
    const [shown] = beforeAndAfter(
      given([improvement('IMP-1', inPlace, ['2026-04-01T08:00', 'review'])]),
      'improvements',
    )
    expect(shown).toMatchObject({ key: 'imp-1', kpi: 'daily-downtime', implementedIn: '2026-05', isLowerBetter: true })
    expect(shown?.points.map(({ id, n }) => [id, n])).toEqual([
      ['2026-01', 31],
      ['2026-02', 28],
      ['2026-03', 31],
      ['2026-04', 30],
      ['2026-05', 31],
      ['2026-06', 30],
      ['2026-07', 31],
    ])
    expect(shown?.points.map(({ value }) => value && Math.round(value * 100) / 100)).toEqual([8, 8, 8, 8, 4.71, 2, 2])
  })

  test('shows weeks where fewer than four months have values', () => {
    const early = given(
      [improvement('IMP-1', { ...inPlace, implemented_at: '2026-01-15T00:00:00Z' }, ['2026-01-01T08:00', 'review'])],
      '2026-02',
    )
    const [shown] = beforeAndAfter(early, 'improvements')
    expect(shown?.implementedIn).toBe('2026-W03')
    expect(shown?.points[0]?.id).toBe('2026-W01')
  })

  test('shows nothing of what is not in place by the end of the period, or cannot be measured', () => {
    expect(
      beforeAndAfter(given([improvement('IMP-1', inPlace, ['2026-04-01T08:00', 'review'])], '2026-04'), 'improvements'),
    ).toEqual([])
    const unknown = { ...inPlace, kpi: 'other' }
    expect(
      beforeAndAfter(given([improvement('IMP-1', unknown, ['2026-04-01T08:00', 'review'])]), 'improvements'),
    ).toEqual([])
  })
})

describe('actions of reviews', () => {
  const review = (id: string, state: string, actions: readonly Data[]) =>
    life('review', id, { actions }, [{ at: '2026-07-02T08:00', state }])
  const told = reviewActions(
    facts({
      period: '2026-07',
      incidents: [incident('INC-1', {}, [{ at: '2026-07-01T08:00', state: 'new' }])],
      lives: [
        review('PIR-1', 'held', [
          { title: 'Late', owner: 'operations', due: '2026-07-20', state: 'open' },
          { title: 'Soon', owner: 'ada', due: '2026-08-20' },
          { title: 'Now', due: '2026-07-10', state: 'done', done_on: '2026-07-10' },
          { title: 'Before', due: '2026-06-10', state: 'done', done_on: '2026-06-10' },
          { title: 'Never', due: '2026-06-10', state: 'dropped' },
        ]),
        review('PIR-2', 'planned', [{ title: 'Not yet', due: '2026-07-20', state: 'open' }]),
      ],
    }),
    'improvements',
  )

  test('are open until they are done or dropped, the soonest due first', () => {
    expect(told.open).toMatchObject([
      { title: 'Late', owner: 'Operations', isOverdue: true },
      { title: 'Soon', owner: 'ada', isOverdue: false },
    ])
  })

  test('count as finished on their day', () => {
    expect(told).toMatchObject({ done: 1, dropped: 1, reviews: 1 })
  })
})
