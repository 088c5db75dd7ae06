import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import { problemFigures } from '../../src/core/report-problem.ts'
import { facts, incident, life, type Step } from '../reports/web-shop.ts'

const opened = (id: string, day: string, fields: Data = {}) =>
  incident(id, fields, [{ at: `${day}T08:00`, state: 'new' }])

const problem = (id: string, fields: Data, ...steps: readonly Step[]) =>
  life('problem', id, { service: undefined, priority: undefined, ...fields }, steps)

const incidents = [
  opened('INC-1', '2026-02-10'),
  opened('INC-2', '2026-03-10', { problem: 'PRB-1' }),
  opened('INC-3', '2026-03-11'),
  opened('INC-4', '2026-03-12', { problem: 'JIRA-7' }),
]

const lives = [
  problem(
    'PRB-1',
    {
      incidents: ['INC-1', 'INC-2', 'INC-99'],
      category: 'mail',
      root_cause: 'A queue',
      known_error: true,
      article: 'KB-1',
    },
    { at: '2026-03-01T00:00', state: 'new' },
    { at: '2026-03-05T00:00', state: 'root_cause_analysis' },
  ),
  problem('PRB-2', { incidents: ['INC-3'] }, { at: '2026-02-01T00:00', state: 'new' }),
  problem(
    'PRB-3',
    { resolution_code: 'risk_accepted', risk_owner: 'lena', review_by: '2026-03-20', root_cause: ' ' },
    { at: '2026-01-01T00:00', state: 'new' },
    { at: '2026-03-03T00:00', state: 'resolved' },
  ),
  problem('PRB-4', {}, { at: '2026-03-03T00:00', state: 'new' }, { at: '2026-04-03T00:00', state: 'cancelled' }),
  life('knowledge', 'KB-1', { title: 'The queue' }, [{ at: '2026-01-01T00:00', state: 'published' }]),
]

const figures = problemFigures(facts({ period: '2026-03', asOf: '2026-05-01T00:00', incidents, lives }), 'incidents')

describe('problems', () => {
  test('are counted where they were opened and resolved; cancelled ones are left out', () => {
    expect(figures).toMatchObject({ n: 3, opened: 1, resolved: 1, closed: 0 })
    expect(figures.states).toMatchObject([
      { state: 'new', count: 1, age: { median: 59 * 86_400 } },
      { state: 'root cause analysis', count: 1, age: { median: 31 * 86_400 } },
    ])
  })

  test('have the incidents that they name and those that name them, each once', () => {
    expect(figures.open.map(({ id, incidents, incidentsNow }) => [id, incidents, incidentsNow])).toEqual([
      ['PRB-2', 1, 1],
      ['PRB-1', 2, 1],
    ])
  })

  test('account for some of the incidents opened in the period', () => {
    expect(figures.linked).toEqual({ count: 2, n: 3 })
  })
})

describe('a known error', () => {
  test('is told with its article, and who has none is told so', () => {
    expect(figures.knownErrors).toMatchObject([{ id: 'PRB-1', article: { id: 'KB-1' }, incidentsNow: 1 }])
    const without = lives.map((each) => (each.id === 'KB-1' ? { ...each, id: 'KB-2' } : each))
    const told = problemFigures(facts({ period: '2026-03', incidents, lives: without }), 'incidents')
    expect(told.knownErrors[0]?.article).toBeNull()
  })
})

describe('what is known of causes', () => {
  test('is counted by category, where a cause is written down', () => {
    expect(figures.causes).toEqual([{ category: 'mail', problems: 1, incidents: 2 }])
  })
})

describe('an accepted risk', () => {
  test.each([
    ['2026-03', true],
    ['2026-02', undefined],
  ])('in %s has expired: %s', (period, isExpired) => {
    const [risk] = problemFigures(facts({ period, incidents, lives }), 'incidents').accepted
    expect(risk?.isExpired).toBe(isExpired)
  })

  test('holds on its last day', () => {
    const given = facts({ period: '2026-03', asOf: '2026-03-20T20:00', incidents, lives })
    expect(problemFigures(given, 'incidents').accepted).toMatchObject([
      { id: 'PRB-3', owner: 'lena', isExpired: false },
    ])
  })
})
