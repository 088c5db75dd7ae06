import { describe, expect, test } from 'vitest'
import { isPast, outdatedBecause } from '../../src/core/article.ts'
import { indexRecords } from '../../src/core/facts.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { Data } from '../../src/core/record.ts'

function article(id: string, data: Data) {
  return { type: 'knowledge', id, file: `records/knowledge/${id}.yaml`, data: { id, state: 'published', ...data } }
}

function at(text: string): number {
  return parseInstant(text) ?? Number.NaN
}

describe('an article is outdated', () => {
  const now = at('2026-11-21T12:00:00Z')

  test('after the last day on which it is valid', () => {
    const [short, long] = [
      article('KB-1', { valid_until: '2026-11-19' }),
      article('KB-2', { valid_until: '2026-11-21' }),
    ]
    const records = indexRecords([short, long])
    expect(outdatedBecause(short, records, now)).toBe('it was valid until 2026-11-19')
    expect(outdatedBecause(long, records, now)).toBeUndefined()
  })

  test('once another that supersedes it is published, not before', () => {
    const old = article('KB-1', {})
    const draft = article('KB-2', { state: 'review', supersedes: ['KB-1'] })
    expect(outdatedBecause(old, indexRecords([old, draft]), now)).toBeUndefined()
    const successor = article('KB-2', { supersedes: ['KB-1'] })
    expect(outdatedBecause(old, indexRecords([old, successor]), now)).toBe('KB-2 has taken its place')
  })

  test('never while it is not in use', () => {
    const draft = article('KB-1', { state: 'draft', valid_until: '2020-01-01' })
    expect(outdatedBecause(draft, indexRecords([draft]), now)).toBeUndefined()
  })

  test('and a day is over when it has ended everywhere', () => {
    expect(isPast('2026-11-20', at('2026-11-21T11:59:59Z'))).toBe(false)
    expect(isPast('2026-11-20', at('2026-11-21T12:00:00Z'))).toBe(true)
  })
})
