import { describe, expect, test } from 'vitest'
import type { Data } from '../../src/core/record.ts'
import { knowledgeFigures } from '../../src/core/report-knowledge.ts'
import { facts, incident, life } from '../reports/web-shop.ts'

const article = (id: string, fields: Data, state = 'published') =>
  life('knowledge', id, { service: undefined, ...fields }, [{ at: '2026-01-05T08:00', state }])

const opened = (id: string, day: string, fields: Data, resolved = false) =>
  incident(id, fields, [
    { at: `2026-03-${day}T08:00`, state: 'new' },
    ...(resolved ? [{ at: `2026-03-${day}T10:00`, state: 'resolved' }] : []),
  ])

const printer = (days: readonly string[]) =>
  days.map((day) => opened(`INC-${day}`, day, { service: 'warehouse', category: 'hardware' }))

const figures = (
  incidents: Parameters<typeof facts>[0]['incidents'],
  lives: Parameters<typeof facts>[0]['lives'] = [],
) => knowledgeFigures(facts({ period: '2026-03', incidents, lives }), 'knowledge-and-requests')

describe('what is missing', () => {
  test('is told from three incidents of a service and category on', () => {
    expect(figures(printer(['02', '03'])).gaps).toEqual([])
    expect(figures(printer(['02', '03'])).covered).toEqual({ count: 0, n: 0 })
    const { gaps, covered } = figures(printer(['02', '03', '04']))
    expect(gaps).toMatchObject([{ service: 'warehouse', category: 'hardware', incidents: 3, latest: { id: 'INC-04' } }])
    expect(covered).toEqual({ count: 0, n: 1 })
  })

  test.each([
    ['service and category', { services: ['warehouse'], category: 'hardware' }, true],
    ['the service alone', { services: ['warehouse'] }, true],
    ['the category alone', { category: 'hardware' }, true],
    ['another category of the service', { services: ['warehouse'], category: 'network' }, false],
    ['the category of another service', { services: ['webshop'], category: 'hardware' }, false],
    ['nothing in particular', {}, false],
  ])('is not missing where an article in use is about %s: %j', (_, fields, isCovered) => {
    const { gaps } = figures(printer(['02', '03', '04']), [article('KB-1', fields)])
    expect(gaps.length === 0).toBe(isCovered)
  })

  test('is missing while the article is a draft or retired', () => {
    for (const state of ['draft', 'review', 'scheduled', 'retired']) {
      expect(
        figures(printer(['02', '03', '04']), [article('KB-1', { category: 'hardware' }, state)]).gaps,
      ).toHaveLength(1)
    }
  })
})

describe('what helped', () => {
  test('is counted once a record, in incidents resolved and requests fulfilled in the period', () => {
    const request = life('request', 'REQ-1', { knowledge: ['KB-1'] }, [
      { at: '2026-03-02T08:00', state: 'submitted' },
      { at: '2026-03-05T08:00', state: 'fulfilled' },
    ])
    const told = figures(
      [
        opened('INC-1', '02', { knowledge: ['KB-1', 'KB-1', 'KB-9'] }, true),
        opened('INC-2', '03', { knowledge: ['KB-1'] }, true),
        opened('INC-3', '04', { knowledge: ['KB-1'] }),
      ],
      [article('KB-1', {}), article('KB-2', {}), request],
    )
    expect(told.used).toMatchObject([
      { id: 'KB-1', incidents: 2, requests: 1, link: { id: 'KB-1' } },
      { id: 'KB-9', incidents: 1, requests: 0, link: null },
    ])
    expect(told.unused).toBe(1)
  })
})

describe('what is to be read again', () => {
  test.each([
    ['2026-03-30', true],
    ['2026-04-20', false],
  ])('is an article whose review is due on %s, overdue: %s', (day, isOverdue) => {
    const [told, ...others] = figures(
      [],
      [article('KB-1', { review_by: day }), article('KB-2', { review_by: '2026-05-30' })],
    ).toRead
    expect(told).toMatchObject({ id: 'KB-1', isOverdue })
    expect(told?.why).toContain(day)
    expect(others).toEqual([])
  })

  test('is an article that another has taken the place of', () => {
    const { toRead } = figures([], [article('KB-1', {}), article('KB-2', { supersedes: ['KB-1'] })])
    expect(toRead).toMatchObject([{ id: 'KB-1', isOverdue: true, why: 'outdated: KB-2 has taken its place' }])
  })
})
