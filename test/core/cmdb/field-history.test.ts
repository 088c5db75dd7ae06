import { describe, expect, test } from 'vitest'
import { fieldHistory, valueText } from '../../../src/core/cmdb/field-history.ts'
import type { MainlineCommit, Revision } from '../../../src/core/history.ts'
import type { Data } from '../../../src/core/record.ts'

const commit: MainlineCommit = { commit: 'a'.repeat(40), position: 0, at: 0, provenance: 'claimed', by: 'ada' }

function written(data: Data, file = 'records/ci/web.yaml'): Revision {
  return { kind: 'written', commit, file, data }
}

/** Each change as its kind and `field: from → to`. */
function told(...revisions: readonly Revision[]): readonly (readonly string[])[] {
  return fieldHistory({ revisions }).map(({ kind, fields }) => [
    kind,
    ...fields.map(({ field, from, to }) => `${field}: ${valueText(from)} → ${valueText(to)}`),
  ])
}

describe('the history of fields', () => {
  test('tells each field that a commit set, changed or took out, inside mappings too', () => {
    expect(
      told(
        written({ id: 'web', attributes: { cores: 4, image: 'old' } }),
        written({ id: 'web', attributes: { cores: 8 }, owner: 'platform' }),
      ),
    ).toEqual([
      ['added', 'id: – → web', 'attributes: – → {"cores":4,"image":"old"}'],
      ['edited', 'attributes.cores: 4 → 8', 'attributes.image: old → –', 'owner: – → platform'],
    ])
  })

  test('leaves out what changed nothing, and tells a move', () => {
    const data = { id: 'web', services: ['shop'] }
    expect(told(written(data), written({ services: ['shop'], id: 'web' }))).toHaveLength(1)
    expect(told(written(data), written(data, 'records/ci/farm/web.yaml')).at(-1)).toEqual(['moved'])
  })

  test('tells entries appended to a log one by one, and any other edit of it as a whole', () => {
    const log = [{ note: 'one' }]
    expect(told(written({ log }), written({ log: [...log, { note: 'two' }] })).at(-1)).toEqual([
      'edited',
      'log[1]: – → {"note":"two"}',
    ])
    expect(told(written({ log }), written({ log: [{ note: 'ONE' }] })).at(-1)).toEqual([
      'edited',
      'log: [{"note":"one"}] → [{"note":"ONE"}]',
    ])
  })

  test('names versions that cannot be read and goes on from what was known', () => {
    const file = 'records/ci/web.yaml'
    expect(
      told(
        written({ id: 'web', a: 1 }),
        { kind: 'unreadable', commit, file, reason: 'torn' },
        written({ id: 'web', a: 2 }),
      ),
    ).toEqual([['added', 'id: – → web', 'a: – → 1'], ['unreadable'], ['edited', 'a: 1 → 2']])
  })

  test('a record that comes back after a removal is added anew', () => {
    const file = 'records/ci/web.yaml'
    expect(told(written({ id: 'web' }), { kind: 'removed', commit, file }, written({ id: 'web' }))).toEqual([
      ['added', 'id: – → web'],
      ['removed'],
      ['added', 'id: – → web'],
    ])
  })
})
