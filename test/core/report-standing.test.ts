import { describe, expect, test } from 'vitest'
import { ageAt, enteredWithin, firstEntry, standing } from '../../src/core/report-standing.ts'
import { at, facts, life } from '../reports/web-shop.ts'

const problem = life('problem', 'PRB-1', { opened_at: '2026-02-27T08:00:00Z' }, [
  { at: '2026-03-01T00:00', state: 'new' },
  { at: '2026-03-10T00:00', state: 'assess' },
  { at: '2026-03-12T00:00', state: 'assess', set: { title: 'Renamed' } },
  { at: '2026-04-01T00:00', state: 'resolved' },
])
const given = facts({ period: '2026-03', asOf: '2026-05-01T00:00', incidents: [], lives: [problem] })

describe('a record as it stood at the end of a period', () => {
  test('knows nothing of what was recorded at the end or later', () => {
    const [stood] = standing(given, 'problem', given.period)
    expect(stood?.state).toBe('assess')
    expect(stood?.data['title']).toBe('Renamed')
    expect(stood?.moments).toHaveLength(3)
  })

  test('has been in its state since it came into it, not since the last edit', () => {
    expect(standing(given, 'problem', given.period)[0]?.since).toBe(at('2026-03-10T00:00'))
  })

  test('is as old as it is declared, where that is earlier than its first record', () => {
    const [stood] = standing(given, 'problem', given.period)
    expect(stood && ageAt(stood, at('2026-03-01T08:00'))).toBe(2 * 86_400)
  })

  test('was not there before it was recorded', () => {
    expect(standing(given, 'problem', { until: at('2026-03-01T00:00') })).toEqual([])
    expect(standing(given, 'incident', given.period)).toEqual([])
  })

  test('counts what was recorded at the very instant of a report in the midst of a period', () => {
    const midst = { ...given, asOf: at('2026-03-10T00:00') }
    expect(standing(midst, 'problem', given.period)[0]?.state).toBe('assess')
    expect(standing({ ...given, asOf: at('2026-03-09T23:59') }, 'problem', given.period)[0]?.state).toBe('new')
  })

  test('is left out where it was cancelled by the instant of the report', () => {
    const cancelled = life('problem', 'PRB-2', {}, [
      { at: '2026-03-02T00:00', state: 'new' },
      { at: '2026-04-02T00:00', state: 'cancelled' },
    ])
    expect(standing({ ...given, lives: [cancelled] }, 'problem', given.period)).toEqual([])
  })
})

describe('the first entry into some states', () => {
  test('lies in the half-open period that holds it', () => {
    expect(firstEntry(problem, ['resolved', 'closed'])).toBe(at('2026-04-01T00:00'))
    expect(enteredWithin(given.period, [problem], ['resolved'])).toEqual([])
    expect(enteredWithin(given.period, [problem], ['new'])).toEqual([problem])
    expect(enteredWithin(given.period, [problem], ['closed'])).toEqual([])
  })
})
