import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { Data } from '../../src/core/record.ts'
import { reviewIsNotOverdue } from '../../src/rules/review-is-not-overdue.ts'
import { shipped } from '../support/shipped.ts'

/** What is found in one record as of a day at noon. */
function found(type: string, data: Data, day?: string): readonly string[] {
  const asOf = day === undefined ? undefined : parseInstant(`${day}T12:00:00Z`)
  const record = { type, id: 'X-1', file: `records/${type}/X-1.yaml`, data: { id: 'X-1', ...data } }
  const facts = {
    rulebook: shipped.rulebook,
    records: indexRecords([record]),
    changes: [],
    unreadable: new Set<string>(),
    ...(asOf !== undefined && { asOf }),
  }
  return Array.from(reviewIsNotOverdue.check(facts), ({ message, place }) => `${place.route.join('.')}: ${message}`)
}

const risk = { state: 'resolved', resolution_code: 'risk_accepted', review_by: '2026-11-20' }

describe('an accepted risk', () => {
  test('expires after its last day, not on it', () => {
    expect(found('problem', risk, '2026-11-20')).toEqual([])
    expect(found('problem', risk, '2026-11-21')).toEqual([
      'review_by: The risk of X-1 was accepted until 2026-11-20, and nobody has accepted it since',
    ])
  })

  test('expires no more once it is closed or analysed again', () => {
    expect(found('problem', { ...risk, state: 'closed' }, '2027-01-01')).toEqual([])
    expect(found('problem', { ...risk, state: 'root_cause_analysis' }, '2027-01-01')).toEqual([])
  })

  test('is not judged where no day is given', () => {
    expect(found('problem', risk)).toEqual([])
  })
})

describe('an article', () => {
  const article = { state: 'published', review_by: '2026-11-20', valid_until: '2026-12-31' }

  test('is to be read again by its day', () => {
    expect(found('knowledge', article, '2026-11-20')).toEqual([])
    expect(found('knowledge', article, '2026-11-21')).toEqual(['review_by: X-1 was to be read again by 2026-11-20'])
  })

  test('is told outdated, once, when its validity is over', () => {
    expect(found('knowledge', article, '2027-01-01')).toEqual([
      'valid_until: X-1 is outdated: it was valid until 2026-12-31',
    ])
  })

  test('that is retired is left alone', () => {
    expect(found('knowledge', { ...article, state: 'retired' }, '2027-01-01')).toEqual([])
  })
})

describe('an action of a review', () => {
  const action = (state: string) => ({
    actions: [{ title: 'Drill', owner: 'ada', due: '2026-11-20', state }],
  })

  test('is overdue while it is open', () => {
    expect(found('review', action('open'), '2026-11-21')).toEqual([
      'actions.0.due: "Drill" of X-1 was due on 2026-11-20',
    ])
    expect(found('review', action('open'), '2026-11-20')).toEqual([])
    expect(found('review', action('done'), '2026-11-21')).toEqual([])
  })
})

describe('an agreement', () => {
  const gold = { state: 'active', review_on: '2026-11-20' }

  test('is to be reviewed by its day', () => {
    expect(found('sla', gold, '2026-11-20')).toEqual([])
    expect(found('sla', gold, '2026-11-21')).toEqual(['review_on: X-1 was to be reviewed by both sides on 2026-11-20'])
  })

  test('is not asked for while it is a draft, or once it is superseded', () => {
    expect(found('sla', { ...gold, state: 'draft' }, '2027-01-01')).toEqual([])
    expect(found('sla', { ...gold, state: 'superseded' }, '2027-01-01')).toEqual([])
  })
})
