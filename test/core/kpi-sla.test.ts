import { describe, expect, test } from 'vitest'
import { findConcentrations } from '../../src/core/kpi-concentration.ts'
import { clocksByTarget, countedClocks, reaches, tallyClocks } from '../../src/core/kpi-sla.ts'
import { parsePeriod } from '../../src/core/period.ts'
import type { Reading } from '../../src/core/reading.ts'
import type { Data } from '../../src/core/record.ts'
import type { IncidentFacts } from '../../src/core/report.ts'
import { incident, reading, record } from '../reports/web-shop.ts'

const march = parsePeriod('2026-03', 'UTC') ?? { id: '', kind: 'month', from: 0, until: 0, title: '' }

function withReadings(id: string, readings: readonly Reading[], fields: Data = {}): IncidentFacts {
  return incident(id, fields, [{ at: '2026-03-02T08:00', state: 'in_progress' }], readings)
}

const start = '2026-03-02T08:00'
const stop = '2026-03-05T08:00'

describe('a tally of clocks', () => {
  const incidents = [
    withReadings('INC-1', [reading('INC-1', { start, stop, used: 40, of: 40 })]),
    withReadings('INC-2', [reading('INC-2', { start, stop, used: 41, of: 40 })]),
    withReadings('INC-3', [reading('INC-3', { start, stop, used: 90, of: 40 })]),
    withReadings('INC-4', [reading('INC-4', { start, stop, used: 35, of: 40 })]),
    withReadings('INC-5', [reading('INC-5', { start, used: 31, of: 40 })]),
    withReadings('INC-6', [reading('INC-6', { start, used: 50, of: 40 })]),
    withReadings('INC-7', [reading('INC-7', { start, used: 1, of: 40, status: 'paused' })]),
    withReadings('INC-8', [reading('INC-8', { start, stop, used: 1, of: 40, retrospective: true })]),
    withReadings('INC-9', [reading('INC-9', { start, stop, used: 50, of: 40, retrospective: true })]),
    withReadings('INC-A', [reading('INC-A', { start, used: 1, of: 40, status: 'cancelled' })]),
  ]
  const tally = tallyClocks(countedClocks(incidents), march)
  const named = (clocks: readonly { readonly reading: Reading }[]): readonly string[] =>
    clocks.map((c) => c.reading.record)

  test('counts what stopped in the period, without running, cancelled and retrospective clocks', () => {
    expect(tally.compliance).toEqual({ count: 2, n: 4 })
    expect(tally.retrospective).toEqual({ count: 1, n: 2 })
  })

  test('lists breaches by overrun', () => {
    expect(named(tally.breaches)).toEqual(['INC-3', 'INC-2'])
    expect(named(tally.overdue)).toEqual(['INC-6'])
  })

  test('calls a clock met with 90 % of its target used a near miss', () => {
    expect(named(tally.nearMisses)).toEqual(['INC-1'])
  })

  test('keeps clocks that have not stopped apart', () => {
    expect(tally.running).toBe(2)
    expect(named(tally.atRisk)).toEqual(['INC-5'])
  })

  test('leaves out what stopped outside the period', () => {
    const clocks = countedClocks([
      withReadings('INC-1', [reading('INC-1', { start, stop: '2026-04-01T00:00', used: 1, of: 40 })]),
      withReadings('INC-2', [reading('INC-2', { start, stop: '2026-02-28T23:59', used: 1, of: 40 })]),
      withReadings('INC-3', [reading('INC-3', { start, stop: '2026-03-01T00:00', used: 1, of: 40 })]),
    ])
    expect(tallyClocks(clocks, march).compliance).toEqual({ count: 1, n: 1 })
  })

  test('leaves out cancelled incidents', () => {
    const cancelled = incident(
      'INC-1',
      {},
      [{ at: start, state: 'cancelled' }],
      [reading('INC-1', { start, stop, used: 1, of: 2 })],
    )
    expect(countedClocks([cancelled])).toEqual([])
  })
})

test('clocks are grouped by SLA and target, SLAs first', () => {
  const readings = [
    reading('INC-1', { start, stop, used: 1, of: 2, sla: 'network-ola', kind: 'ola' }),
    reading('INC-1', { start, stop, used: 1, of: 2, target: 'response' }),
    reading('INC-1', { start, stop, used: 1, of: 2 }),
  ]
  const slas = [record('sla', 'webshop-gold', { title: 'Gold support', objective: 99.5 })]
  expect(
    clocksByTarget({ incidents: [withReadings('INC-1', readings)], clocked: [], slas }).map((group) => [
      group.title,
      group.target,
      group.objective,
      group.clocks.length,
    ]),
  ).toEqual([
    ['Gold support', 'resolution', 99.5, 1],
    ['Gold support', 'response', 99.5, 1],
    ['network-ola', 'resolution', null, 1],
  ])
})

test.each([
  [{ count: 19, n: 20 }, 95, true],
  [{ count: 949, n: 1000 }, 95, false],
  [{ count: 199, n: 200 }, 99.5, true],
  [{ count: 0, n: 0 }, 95, null],
  [{ count: 1, n: 2 }, null, null],
])('%j against an objective of %s: reached is %s', (share, objective, expected) => {
  expect(reaches(share, objective)).toBe(expected)
})

describe('a concentration of breaches', () => {
  const many = (count: number, team: string, used: number): readonly IncidentFacts[] =>
    Array.from({ length: count }, (_, index) => {
      const id = `INC-${team}-${used}-${index}`
      return withReadings(id, [reading(id, { start, stop, used, of: 40 })], { team })
    })

  test('is found where a team misses far more than the rest', () => {
    const incidents = [...many(12, 'network', 50), ...many(3, 'network', 1), ...many(40, 'operations', 1)]
    const { tested, found } = findConcentrations(clocksByTarget({ incidents, clocked: [], slas: [] }), march, [
      'team',
      'priority',
    ])
    expect(tested).toBe(2)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({
      dimension: 'team',
      value: 'network',
      here: { count: 12, n: 15 },
      elsewhere: { count: 0, n: 40 },
    })
  })

  test('is not claimed for a difference that chance brings', () => {
    const incidents = [
      ...many(4, 'network', 50),
      ...many(6, 'network', 1),
      ...many(3, 'operations', 50),
      ...many(7, 'operations', 1),
    ]
    expect(findConcentrations(clocksByTarget({ incidents, clocked: [], slas: [] }), march, ['team'])).toEqual({
      tested: 2,
      tooFew: 0,
      found: [],
    })
  })

  test('is not looked for among a handful', () => {
    const incidents = [...many(4, 'network', 50), ...many(40, 'operations', 1)]
    expect(findConcentrations(clocksByTarget({ incidents, clocked: [], slas: [] }), march, ['team'])).toEqual({
      tested: 0,
      tooFew: 2,
      found: [],
    })
  })

  test('is not asked for where no outcome could tell, so that the places that can tell are heard', () => {
    const tellable = [...many(12, 'network', 50), ...many(3, 'network', 1), ...many(40, 'operations', 1)]
    const small = ['a', 'b', 'c'].flatMap((team) => many(2, team, 1))
    const p = (incidents: readonly IncidentFacts[]): number | undefined =>
      findConcentrations(clocksByTarget({ incidents, clocked: [], slas: [] }), march, ['team']).found[0]?.p
    expect(p(tellable)).toBeLessThan(0.001)
    const { tested, tooFew } = findConcentrations(
      clocksByTarget({ incidents: [...tellable, ...small], clocked: [], slas: [] }),
      march,
      ['team'],
    )
    expect([tested, tooFew]).toEqual([2, 3])
  })
})
