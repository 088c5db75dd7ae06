import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { Data } from '../../src/core/record.ts'
import { stepInTime } from '../../src/rules/step-in-time.ts'
import { shipped } from '../support/shipped.ts'

/** What is found when a record is taken from one state to another, as of an instant. */
function found(type: string, from: Data, to: Data, asOf: string): readonly string[] {
  const record = (data: Data) => ({ type, id: 'X-1', file: `records/${type}/X-1.yaml`, data: { id: 'X-1', ...data } })
  const [before, after] = [record(from), record(to)]
  const at = parseInstant(asOf)
  const facts = {
    rulebook: shipped.rulebook,
    records: indexRecords([after]),
    changes: [{ kind: 'edited', before, after }] as const,
    unreadable: new Set<string>(),
    ...(at !== undefined && { asOf: at }),
  }
  return Array.from(stepInTime.check(facts), ({ message, place }) => `${place.route.join('.')}: ${message}`)
}

const resolved = { at: '2026-11-01T12:00:00Z', by: 'ada', state: 'resolved' }
const standing = { state: 'resolved', log: [resolved] }

function reopened(at: string) {
  return { state: 'in_progress', log: [resolved, { at, by: 'ada', state: 'in_progress' }] }
}

describe('a step that must be taken within a time', () => {
  test('is allowed up to its last second', () => {
    expect(found('incident', standing, reopened('2026-11-15T12:00:00Z'), '2026-11-21T12:00:00Z')).toEqual([])
  })

  test('is refused a second later, at the log entry that takes it', () => {
    expect(found('incident', standing, reopened('2026-11-15T12:00:01Z'), '2026-11-21T12:00:00Z')).toEqual([
      'log.1.state: X-1 cannot go from resolved to in_progress more than 14 d after it became resolved',
    ])
  })

  test('counts to the day of the judgement where no log entry says more', () => {
    const state = { ...standing, state: 'in_progress' }
    expect(found('incident', standing, state, '2026-11-15T12:00:00Z')).toEqual([])
    expect(found('incident', standing, state, '2026-11-16T12:00:00Z')).toEqual([
      'state: X-1 cannot go from resolved to in_progress more than 14 d after it became resolved',
    ])
  })

  test('counts from the latest time that the state was entered', () => {
    const again = { at: '2026-11-10T12:00:00Z', by: 'ada', state: 'resolved' }
    const log = [resolved, { at: '2026-11-05T12:00:00Z', by: 'ada', state: 'in_progress' }, again]
    const now = [...log, { at: '2026-11-20T12:00:00Z', by: 'ada', state: 'in_progress' }]
    expect(
      found('incident', { state: 'resolved', log }, { state: 'in_progress', log: now }, '2026-11-21T12:00:00Z'),
    ).toEqual([])
  })

  test('counts from the declared time of the state where the log is silent', () => {
    const fields = { resolved_at: '2026-11-01T12:00:00Z' }
    const late = found(
      'incident',
      { ...fields, state: 'resolved' },
      { ...fields, state: 'in_progress' },
      '2026-11-20T12:00:00Z',
    )
    expect(late).toHaveLength(1)
  })

  test('is let pass where nothing says when the state was entered', () => {
    expect(found('incident', { state: 'resolved' }, { state: 'in_progress' }, '2026-11-20T12:00:00Z')).toEqual([])
  })
})

describe('a step that must wait', () => {
  const closing = (at: string) => ({ state: 'closed', log: [resolved, { at, by: 'ada', state: 'closed' }] })

  test('is refused until then, and allowed from the very second', () => {
    expect(found('problem', standing, closing('2026-11-08T11:59:59Z'), '2026-11-21T12:00:00Z')).toEqual([
      'log.1.state: X-1 cannot go from resolved to closed less than 7 d after it became resolved',
    ])
    expect(found('problem', standing, closing('2026-11-08T12:00:00Z'), '2026-11-21T12:00:00Z')).toEqual([])
  })

  test('cannot be hurried by a log entry from the future', () => {
    expect(found('problem', standing, closing('2026-12-24T12:00:00Z'), '2026-11-02T12:00:00Z')).toEqual([
      'log.1.state: X-1 cannot go from resolved to closed less than 7 d after it became resolved',
    ])
  })
})
