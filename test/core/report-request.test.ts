import { describe, expect, test } from 'vitest'
import { openRequests, requestLines, requestTrend } from '../../src/core/report-request.ts'
import { at, facts, life, reading, record } from '../reports/web-shop.ts'

const laptop = life('request', 'REQ-1', { item: 'laptop', satisfaction: 4 }, [
  { at: '2026-03-02T08:00', state: 'submitted' },
  { at: '2026-03-02T09:00', state: 'awaiting_approval' },
  { at: '2026-03-03T09:00', state: 'approved' },
  { at: '2026-03-04T08:00', state: 'fulfilled' },
  { at: '2026-03-18T08:00', state: 'closed' },
])
const waiting = life('request', 'REQ-2', { item: 'laptop', team: 'operations' }, [
  { at: '2026-03-30T00:00', state: 'submitted' },
])
const rejected = life('request', 'REQ-3', {}, [
  { at: '2026-03-05T08:00', state: 'submitted' },
  { at: '2026-03-06T08:00', state: 'rejected' },
])
const earlier = life('request', 'REQ-4', { item: 'laptop' }, [
  { at: '2026-02-05T08:00', state: 'submitted' },
  { at: '2026-04-06T08:00', state: 'fulfilled' },
])

const given = facts({
  period: '2026-03',
  since: '2026-01-15T00:00',
  asOf: '2026-05-01T00:00',
  incidents: [],
  lives: [waiting, rejected, earlier],
  clocked: [
    {
      ...laptop,
      readings: [
        reading('REQ-1', { start: '2026-03-02T08:00', stop: '2026-03-04T08:00', used: 16, of: 40 }),
        reading('REQ-1', { start: '2026-03-02T08:00', stop: '2026-03-04T08:00', used: 9, of: 8, kind: 'ola' }),
      ],
    },
  ],
  tree: [record('catalogue-item', 'laptop', { title: 'A laptop' })],
})

describe('requests by catalogue item', () => {
  const { items, all } = requestLines(given, 'knowledge-and-requests')

  test('are counted where they happened, and timed where they ended', () => {
    expect(items).toMatchObject([
      {
        item: 'A laptop',
        ...{ submitted: 2, fulfilled: 1, rejected: 0, open: 2 },
        fulfilment: { n: 1, median: 2 * 86_400 },
        approvalWait: { n: 1, median: 86_400 },
        satisfaction: { mean: 4, answered: { count: 1, n: 1 } },
      },
      { item: null, href: null, submitted: 1, rejected: 1, open: 0, fulfilment: { n: 0, median: null } },
    ])
    expect(all).toMatchObject({ submitted: 3, fulfilled: 1, rejected: 1, open: 2 })
  })

  test('meet the targets of SLAs; what teams promise each other is left out', () => {
    expect(items[0]?.targets).toEqual({ count: 1, n: 1 })
  })

  test('are open until the end of the period, the oldest first', () => {
    expect(openRequests(given, 'knowledge-and-requests')).toMatchObject([
      { id: 'REQ-4', age: at('2026-04-01T00:00') - at('2026-02-05T08:00') },
      { id: 'REQ-2', item: 'A laptop', team: 'Operations', age: 2 * 86_400 },
    ])
  })
})

describe('the trend of requests', () => {
  test('leaves out what the history does not cover from its beginning', () => {
    expect(requestTrend(given)).toEqual([
      { id: '2026-02', submitted: 1, fulfilled: 0, open: 1 },
      { id: '2026-03', submitted: 3, fulfilled: 1, open: 2 },
    ])
  })
})
