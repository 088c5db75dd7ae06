import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { parseInstant } from '../../src/core/instant.ts'
import { newCommand, problemProposal } from '../../src/core/problem-proposal.ts'
import type { Data, RecordDoc } from '../../src/core/record.ts'
import { repeatIncidents } from '../../src/core/repeat-incidents.ts'

const asOf = parseInstant('2026-11-21T12:00:00Z') ?? 0
const day = 86_400

function record(type: string, id: string, data: Data): RecordDoc {
  return { type, id, file: `records/${type}/${id}.yaml`, data: { id, ...data } }
}

function incident(id: string, opened: string, data: Data = {}): RecordDoc {
  return record('incident', id, { state: 'closed', service: 'shop', opened_at: `${opened}T12:00:00Z`, ...data })
}

/** The repeats of some records at three in ten days: bond, what is shared, ids. */
function found(...records: readonly RecordDoc[]): readonly string[] {
  return repeatIncidents(indexRecords(records), { over: 10 * day, atLeast: 3 }, asOf).map(
    ({ by, shared, incidents }) => `${by} ${shared.join('+')}: ${incidents.map(({ id }) => id).join(' ')}`,
  )
}

const three = [incident('A', '2026-11-18'), incident('B', '2026-11-19'), incident('C', '2026-11-20')] as const

describe('repeated incidents', () => {
  test('are those of one service, oldest first', () => {
    expect(found(...three.toReversed())).toEqual(['service shop: A B C'])
  })

  test('two are not three', () => {
    expect(found(three[0], three[1])).toEqual([])
  })

  test('the stretch is half-open: exactly its length ago is outside, the instant itself inside', () => {
    expect(found(three[0], three[1], incident('X', '2026-11-11'))).toEqual([])
    expect(found(three[0], three[1], incident('X', '2026-11-12'))).toEqual(['service shop: X A B'])
    expect(found(three[0], three[1], incident('X', '2026-11-21'))).toEqual(['service shop: A B X'])
    expect(found(three[0], three[1], incident('X', '2026-11-22'))).toEqual([])
  })

  test('cancelled ones and parts of another do not count', () => {
    expect(found(three[0], three[1], incident('X', '2026-11-20', { state: 'cancelled' }))).toEqual([])
    expect(found(three[0], three[1], incident('X', '2026-11-20', { parent: 'A' }))).toEqual([])
  })

  test('what a problem looks after is no news, whichever of the two says so', () => {
    expect(found(...three, record('problem', 'P', { state: 'assess', incidents: ['B'] }))).toEqual([])
    const told = incident('C', '2026-11-20', { problem: 'P' })
    expect(found(three[0], three[1], told, record('problem', 'P', { state: 'new' }))).toEqual([])
  })

  test('a cancelled problem looks after nothing', () => {
    expect(found(...three, record('problem', 'P', { state: 'cancelled', incidents: ['B'] }))).toHaveLength(1)
  })

  test('items with the same incidents are told together, and not again as their service', () => {
    const [a, b, c] = three.map(({ id, data }) => record('incident', id, { ...data, cis: ['web-2', 'web-1'] }))
    expect(a && b && c && found(a, b, c)).toEqual(['ci web-1+web-2: A B C'])
  })

  test('a wider bond is told beside a narrower one where it has more incidents', () => {
    const items = three.map(({ id, data }) => record('incident', id, { ...data, cis: ['web-1'] }))
    expect(found(...items, incident('D', '2026-11-20'))).toEqual(['service shop: A B C D', 'ci web-1: A B C'])
  })

  test('one incident that names an item twice counts once', () => {
    const twice = incident('A', '2026-11-18', { service: 'x', cis: ['web-1', 'web-1', 'web-1'] })
    expect(found(twice)).toEqual([])
  })
})

describe('the proposed problem', () => {
  test('takes the highest impact, what all have in common, and the evidence', () => {
    const incidents = three.map(({ id, data }, index) =>
      record('incident', id, {
        ...data,
        cis: ['web-1', `web-${index + 2}`],
        category: 'capacity',
        impact: index === 1 ? 'high' : 'low',
      }),
    )
    expect(problemProposal({ by: 'service', shared: ['shop'], incidents })).toEqual({
      title: 'Repeated incidents of shop',
      service: 'shop',
      cis: ['web-1'],
      category: 'capacity',
      incidents: ['A', 'B', 'C'],
      impact: 'high',
      urgency: 'medium',
    })
  })

  test('is written by a command that a shell takes as it stands', () => {
    expect(newCommand('problem', { title: "It's slow; rm -rf $HOME", incidents: ['A', 'B'], impact: 'high' })).toBe(
      `gitsm new problem --set 'title=It'\\''s slow; rm -rf $HOME' --set 'incidents=[A, B]' --set impact=high`,
    )
  })
})
