import { describe, expect, test } from 'vitest'
import { incidentTrend } from '../../src/core/kpi-incident.ts'
import { dataQuality } from '../../src/core/kpi-quality.ts'
import { teamChanges } from '../../src/core/report-finding.ts'
import { at, facts, incident, reading } from '../reports/web-shop.ts'

test('the data of a period are weighed by how they came about', () => {
  const given = facts({
    period: '2026-03',
    incidents: [
      incident(
        'INC-1',
        { opened_at: '2026-03-02T07:00:00Z', category: 'web', cis: [] },
        [
          { at: '2026-03-02T08:00', state: 'new' },
          { at: '2026-03-02T10:00', state: 'in_progress', declared: '2026-03-02T09:00' },
        ],
        [reading('INC-1', { start: '2026-03-02T07:00', used: 1, of: 2 })],
      ),
      incident('INC-2', {}, [{ at: '2026-03-02T08:00', state: 'resolved' }]),
      incident('INC-3', {}, [{ at: '2026-03-02T08:00', state: 'cancelled' }]),
      incident('INC-4', {}, [{ at: '2026-02-02T08:00', state: 'new' }]),
    ],
  })
  const quality = dataQuality(given, incidentTrend(given).at(-1)?.opened ?? [])
  expect(quality).toMatchObject({
    incidents: 4,
    cancelled: 1,
    moments: 4,
    provenance: [{ provenance: 'claimed', count: 4 }],
    skew: { n: 1, median: 3600 },
    filing: { n: 2, median: 1800 },
    retrospective: { count: 1, n: 2 },
    unmeasured: { count: 1, n: 2 },
  })
  expect(quality.fields.find(({ field }) => field === 'category')?.filled).toEqual({ count: 1, n: 2 })
  expect(quality.fields.find(({ field }) => field === 'cis')?.filled).toEqual({ count: 0, n: 2 })
})

describe('a silence at the end of a period', () => {
  const opened = (days: readonly number[]): ReturnType<typeof facts> =>
    facts({
      period: '2026-03',
      incidents: days.map((day, index) =>
        incident(`INC-${index}`, {}, [{ at: `2026-03-${String(day).padStart(2, '0')}T08:00`, state: 'new' }]),
      ),
    })
  const silence = (days: readonly number[]): number | null => {
    const given = opened(days)
    return dataQuality(given, incidentTrend(given).at(-1)?.opened ?? []).silentSince
  }

  test('is named where chance does not explain it', () => {
    expect(silence([1, 1, 1, 2, 2, 2, 3])).toBe(at('2026-03-03T08:00'))
  })

  test('is not named where it is short, or where few were opened', () => {
    expect(silence(Array.from({ length: 25 }, (_, index) => index + 1))).toBeNull()
    expect(silence([10, 12])).toBeNull()
    expect(silence([])).toBeNull()
  })
})

function resolved(count: number, hours: number, moved: boolean, prefix: string): ReturnType<typeof incident>[] {
  return Array.from({ length: count }, (_, index) =>
    incident(`${prefix}-${index}`, { team: 'operations' }, [
      { at: '2026-03-02T00:00', state: 'new' },
      { at: '2026-03-02T00:10', state: 'in_progress', ...(moved ? { set: { team: 'network' } } : {}) },
      { at: `2026-03-02T${String(hours + (index % 3)).padStart(2, '0')}:00`, state: 'resolved' },
    ]),
  )
}

test('incidents that changed teams took longer only where the difference is more than chance', () => {
  const cost = (moved: number): ReturnType<typeof teamChanges> | undefined => {
    const incidents = [...resolved(10, 2, false, 'INC-A'), ...resolved(moved, 12, true, 'INC-B')]
    const march = incidentTrend(facts({ period: '2026-03', incidents })).at(-1)
    return march && teamChanges(march)
  }
  expect(cost(10)).toMatchObject({
    slower: true,
    quicker: false,
    reassigned: { n: 10, median: 13 * 3600 },
    direct: { n: 10 },
  })
  expect(cost(3)).toMatchObject({ slower: false, p: null, reassigned: { n: 3 } })
  expect(cost(0)).toMatchObject({ slower: false, p: null, reassigned: { n: 0, median: null } })
})

test('incidents that changed teams may be the quicker ones', () => {
  const incidents = [...resolved(10, 12, false, 'INC-A'), ...resolved(10, 2, true, 'INC-B')]
  const march = incidentTrend(facts({ period: '2026-03', incidents })).at(-1)
  expect(march && teamChanges(march)).toMatchObject({ slower: false, quicker: true })
})
