import { describe, expect, test } from 'vitest'
import type { LifeFacts } from '../../src/core/report.ts'
import {
  doubtfulCommits,
  lateFilings,
  recorders,
  skewedSteps,
  timesByType,
} from '../../src/core/report-time-evidence.ts'
import { at, facts, incident, life } from '../reports/web-shop.ts'

const late = incident('INC-1', { opened_at: '2026-03-02T08:00:00Z' }, [
  { at: '2026-03-02T08:10', state: 'new' },
  { at: '2026-03-02T12:00', state: 'resolved', declared: '2026-03-02T09:00' },
])
const ahead = life('change', 'CHG-1', { opened_at: undefined }, [
  { at: '2026-03-03T08:00', state: 'implement', declared: '2026-03-03T08:01' },
])
const before = life('change', 'CHG-2', { opened_at: undefined }, [{ at: '2026-02-03T08:00', state: 'implement' }])
const given = facts({ period: '2026-03', incidents: [late], lives: [ahead, before] })

describe('the times of the period', () => {
  test('are counted by record type, by how they are known and how late they came', () => {
    expect(timesByType(given)).toMatchObject([
      { type: 'incident', instants: 2, claimed: 2, skew: { n: 2, median: (600 + 10_800) / 2 } },
      { type: 'change', instants: 1, skew: { n: 1, median: -60 } },
    ])
  })

  test('are told one by one from an hour on, or where they lie in the future', () => {
    expect(skewedSteps(given, 'audit')).toMatchObject([
      { id: 'INC-1', state: 'resolved', skew: 10_800, by: 'Ada' },
      { id: 'CHG-1', state: 'implement', skew: -60 },
    ])
  })
})

describe('records filed after the fact', () => {
  test('are told by type, out of those that the period brought', () => {
    const filed = incident('INC-2', {}, [{ at: '2026-03-05T08:00', state: 'resolved' }])
    const told = lateFilings(facts({ period: '2026-03', incidents: [late, filed], lives: [ahead, before] }), 'audit')
    expect(told).toMatchObject([
      { type: 'incident', share: { count: 1, n: 2 }, records: [{ id: 'INC-2' }], more: 0 },
      { type: 'change', share: { count: 0, n: 1 }, records: [] },
    ])
  })

  test('are named up to five', () => {
    const filed = Array.from({ length: 7 }, (_, index) =>
      incident(`INC-${index}`, {}, [{ at: '2026-03-05T08:00', state: 'closed' }]),
    )
    const [told] = lateFilings(facts({ period: '2026-03', incidents: filed }), 'audit')
    expect(told).toMatchObject({ share: { count: 7, n: 7 }, more: 2 })
    expect(told?.records).toHaveLength(5)
  })
})

/** Two records that one commit brought whose date others contradict. */
const doubted: readonly LifeFacts[] = ['CHG-8', 'CHG-9'].map((id) => {
  const told = life('change', id, {}, [{ at: '2026-03-04T08:00', state: 'new' }])
  const doubt = { kind: 'ahead', claimed: at('2026-12-24T08:00') } as const
  return {
    ...told,
    moments: told.moments.map((moment) => ({
      ...moment,
      commit: { ...moment.commit, commit: 'd'.repeat(40), by: 'Mallory', doubt },
    })),
  }
})

describe('a commit whose date did not stand', () => {
  test('is told once, with what it claims and what it counts as', () => {
    expect(doubtfulCommits(facts({ period: '2026-03', incidents: [], lives: doubted }))).toEqual([
      {
        commit: 'dddddddddd',
        by: 'Mallory',
        kind: 'ahead',
        claimed: at('2026-12-24T08:00'),
        counted: at('2026-03-04T08:00'),
      },
    ])
    expect(doubtfulCommits(facts({ period: '2026-04', incidents: [], lives: doubted }))).toEqual([])
  })
})

describe('who recorded', () => {
  test('is counted by commit, not by record', () => {
    const told = recorders(facts({ period: '2026-03', incidents: [late], lives: [...doubted, before] }))
    expect(told).toEqual([
      { by: 'Ada', commits: 2, types: ['incident'] },
      { by: 'Mallory', commits: 1, types: ['change'] },
    ])
  })
})
