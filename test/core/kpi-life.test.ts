import { describe, expect, test } from 'vitest'
import { countedIncidents, lifeUntil, likeness, timeToResolve, valueIn } from '../../src/core/kpi-life.ts'
import { at, incident, type Step } from '../reports/web-shop.ts'

const steps: readonly Step[] = [
  { at: '2026-03-02T08:00', state: 'new' },
  { at: '2026-03-02T09:00', state: 'in_progress', set: { team: 'operations' } },
  { at: '2026-03-03T09:00', state: 'on_hold', hold: 'awaiting_caller' },
  { at: '2026-03-04T09:00', state: 'on_hold', hold: 'awaiting_vendor', set: { team: 'network' } },
  { at: '2026-03-05T09:00', state: 'in_progress' },
  { at: '2026-03-06T09:00', state: 'resolved' },
  { at: '2026-03-07T09:00', state: 'in_progress', set: { team: 'operations' } },
  { at: '2026-03-08T09:00', state: 'resolved' },
  { at: '2026-03-12T09:00', state: 'closed' },
]

const one = incident('INC-1', {}, steps)

describe('the life of an incident', () => {
  test('ends at the last resolution that still holds', () => {
    const life = lifeUntil(one, at('2026-04-01T00:00'))
    expect(life).toMatchObject({
      state: 'closed',
      openedAt: at('2026-03-02T08:00'),
      acknowledgedAt: at('2026-03-02T09:00'),
      resolvedAt: at('2026-03-08T09:00'),
      reopens: 1,
      reassignments: 2,
      retrospective: false,
    })
    expect(life && timeToResolve(life)).toBe((6 * 24 + 1) * 3600)
  })

  test('knows only what was recorded before the cut', () => {
    expect(lifeUntil(one, at('2026-03-07T09:00'))).toMatchObject({ state: 'resolved', reopens: 0, reassignments: 1 })
    expect(lifeUntil(one, at('2026-03-07T09:00:01Z'))).toMatchObject({ resolvedAt: null, reopens: 1 })
    expect(lifeUntil(one, at('2026-03-02T08:00'))).toBeUndefined()
  })

  test('waits for each reason by itself, and until the cut while it waits', () => {
    expect(lifeUntil(one, at('2026-03-04T12:00'))?.holds).toEqual([
      { reason: 'awaiting_caller', from: at('2026-03-03T09:00'), until: at('2026-03-04T09:00') },
      { reason: 'awaiting_vendor', from: at('2026-03-04T09:00'), until: at('2026-03-04T12:00') },
    ])
  })

  test('starts when it was declared, if that is earlier than its first record', () => {
    const declared = incident('INC-2', { opened_at: '2026-03-01T08:00:00Z' }, steps)
    expect(lifeUntil(declared, at('2026-04-01T00:00'))?.openedAt).toBe(at('2026-03-01T08:00'))
    expect(lifeUntil(declared, at('2026-03-02T00:00'))).toMatchObject({ resolvedAt: null, acknowledgedAt: null })
    const later = incident('INC-3', { opened_at: '2026-03-05T08:00:00Z' }, steps)
    expect(lifeUntil(later, at('2026-04-01T00:00'))?.openedAt).toBe(at('2026-03-02T08:00'))
  })

  test('of a record born resolved is retrospective, and has no first assignment to lose', () => {
    const late = incident('INC-4', { team: 'network' }, [{ at: '2026-03-02T08:00', state: 'resolved' }])
    expect(lifeUntil(late, at('2026-04-01T00:00'))).toMatchObject({
      retrospective: true,
      reassignments: 0,
      acknowledgedAt: at('2026-03-02T08:00'),
      resolvedAt: at('2026-03-02T08:00'),
    })
  })
})

test('cancelled incidents do not count, and the others come in order of id', () => {
  const open = [{ at: '2026-03-02T08:00', state: 'new' }]
  const cancelled = incident('INC-1', {}, [...open, { at: '2026-03-03T08:00', state: 'cancelled' }])
  expect(
    countedIncidents([incident('INC-3', {}, open), incident('INC-2', {}, open), cancelled]).map(({ id }) => id),
  ).toEqual(['INC-2', 'INC-3'])
})

test('an empty field is no value', () => {
  expect(valueIn('category', { category: '  ' })).toBeNull()
  expect(valueIn('category', {})).toBeNull()
  expect(valueIn('category', { category: 'mail' })).toBe('mail')
})

test('incidents are alike by service, category and all their CIs, in whatever order', () => {
  const a = likeness({ service: 'webshop', category: 'web', cis: ['web-1', 'db-1'] })
  expect(likeness({ service: 'webshop', category: 'web', cis: ['db-1', 'web-1'] })).toBe(a)
  expect(likeness({ service: 'webshop', category: 'web', cis: ['db-1'] })).not.toBe(a)
  expect(likeness({ service: 'webshop', category: 'db', cis: ['web-1', 'db-1'] })).not.toBe(a)
  expect(likeness({ service: 'webshop', category: 'web' })).toBeUndefined()
})
