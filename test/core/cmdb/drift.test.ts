import { describe, expect, test } from 'vitest'
import { driftOf } from '../../../src/core/cmdb/drift.ts'
import { type Observation, observationOf } from '../../../src/core/cmdb/observation.ts'
import { indexRecords } from '../../../src/core/facts.ts'
import { parseInstant } from '../../../src/core/instant.ts'
import type { Data } from '../../../src/core/record.ts'
import { shipped } from '../../support/shipped.ts'

const now = parseInstant('2026-11-21T12:00:00Z') ?? 0
const db = {
  class: 'database',
  state: 'operational',
  verified_at: '2026-11-01T00:00:00Z',
  attributes: { engine: 'postgresql', version: '16' },
}

function seen(ci: string, attributes: Data, at = '2026-11-20T08:00:00Z'): Observation {
  const read = observationOf({ ci, seen_at: at, attributes }, now)
  if (typeof read === 'string') throw new Error(read)
  return read
}

function compare(all: Readonly<Record<string, Data>>, ...observations: readonly Observation[]) {
  const records = indexRecords(
    Object.entries(all).map(([key, data]) => {
      const [type = '', id = ''] = key.split('/')
      return { type, id, file: `records/${key}.yaml`, data: { id, ...data } }
    }),
  )
  const report = driftOf({ records, rulebook: shipped.rulebook }, observations)
  const told = report.drifts.map(({ record, kind, attributes, change }) =>
    [record.id, kind, ...attributes.map((each) => `${each.name} ${each.intended} → ${each.observed}`), change ?? '']
      .join(' ')
      .trim(),
  )
  return { ...report, told }
}

describe('drift', () => {
  test('is what was seen otherwise than the record says', () => {
    expect(compare({ 'ci/db': db }, seen('db', { version: '17', engine: 'postgresql' })).told).toEqual([
      'db differs version 16 → 17',
    ])
  })

  test('is not another way to write the same, nor what nobody records', () => {
    expect(compare({ 'ci/db': db }, seen('db', { version: 16, uptime: 99 }))).toMatchObject({ told: [], compared: 1 })
  })

  test('is an attribute that the class describes and the record lacks', () => {
    const bare = { ...db, attributes: { engine: 'postgresql' } }
    expect(compare({ 'ci/db': bare }, seen('db', { version: '17' })).told).toEqual([
      'db differs version undefined → 17',
    ])
  })

  test('rests on the newest observation of each attribute', () => {
    const older = seen('db', { version: '17', engine: 'mariadb' }, '2026-11-10T08:00:00Z')
    expect(compare({ 'ci/db': db }, seen('db', { version: '16' }), older).told).toEqual([
      'db differs engine postgresql → mariadb',
    ])
  })

  test('does not rest on what was seen before the last verification', () => {
    const old = seen('db', { version: '15' }, '2026-10-31T23:59:59Z')
    expect(compare({ 'ci/db': db }, old)).toMatchObject({ told: [], outdated: 1 })
  })

  test('is an item that was seen though it is retired', () => {
    expect(compare({ 'ci/db': { ...db, state: 'retired' } }, seen('db', {})).told).toEqual(['db gone'])
  })

  test('names what has no record, and what was not seen', () => {
    expect(compare({ 'ci/db': db, 'ci/new': { state: 'planned' } }, seen('ghost', { version: '1' }))).toMatchObject({
      told: [],
      unrecorded: [{ ci: 'ghost' }],
      unseen: ['db'],
      compared: 0,
    })
  })

  test('is explained by a change that is under way, or was written for it', () => {
    const change = (fields: Data) => ({ 'ci/db': db, 'change/CHG-1': { cis: ['db'], ...fields } })
    const differs = seen('db', { version: '17' })
    expect(compare(change({ state: 'implement' }), differs).told).toEqual(['db differs version 16 → 17 CHG-1'])
    expect(compare(change({ state: 'authorize', unauthorised: true }), differs).told).toEqual([
      'db differs version 16 → 17 CHG-1',
    ])
    expect(compare(change({ state: 'scheduled' }), differs).told).toEqual(['db differs version 16 → 17'])
    expect(compare(change({ state: 'closed' }), differs).told).toEqual(['db differs version 16 → 17'])
  })
})

describe('an observation', () => {
  const right = { ci: 'db', seen_at: '2026-11-20T08:00:00Z' }

  test.each([
    ['a list', [right], 'it is no object'],
    ['an unknown field', { ...right, host: 'x' }, 'it has a field "host"; known are ci, seen_at, attributes, by'],
    ['no id', { ...right, ci: '../db' }, 'ci is no id of a configuration item'],
    ['no time', { ...right, seen_at: 'yesterday' }, 'seen_at is no instant such as 2026-11-21T08:15:00Z'],
    [
      'the future',
      { ...right, seen_at: '2026-11-21T12:00:01Z' },
      'seen_at lies in the future, after 2026-11-21T12:00:00Z',
    ],
    ['attributes in a list', { ...right, attributes: [] }, 'attributes is no object'],
    [
      'a value that is none',
      { ...right, attributes: { version: { major: 1 } } },
      'version is no text, number, true or false',
    ],
    [
      'a reserved name',
      JSON.parse('{"ci":"db","seen_at":"2026-11-20T08:00:00Z","attributes":{"__proto__":1}}'),
      'attributes has "__proto__", which is no name in snake_case',
    ],
    [
      'an endless value',
      { ...right, attributes: { version: 'x'.repeat(1001) } },
      'version is longer than 1000 characters',
    ],
  ])('with %s is refused in words', (_, value, reason) => {
    expect(observationOf(value, now)).toBe(reason)
  })
})
