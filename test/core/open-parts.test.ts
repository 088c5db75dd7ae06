import { describe, expect, test } from 'vitest'
import { indexRecords } from '../../src/core/facts.ts'
import { openParts } from '../../src/core/open-parts.ts'
import { shipped } from '../support/shipped.ts'

function incident(id: string, state: string, parent?: string) {
  const data = { id, state, ...(parent !== undefined && { parent }) }
  return { type: 'incident', id, file: `records/incident/${id}.yaml`, data }
}

function parts(...all: readonly ReturnType<typeof incident>[]): readonly string[] {
  const [whole] = all
  const lifecycle = shipped.rulebook.types.get('incident')?.lifecycle
  if (!whole || !lifecycle) throw new Error('incidents have a lifecycle')
  return openParts(whole, indexRecords(all), lifecycle, 'resolved').map(({ id }) => id)
}

describe('the open parts of an incident', () => {
  test('are its children and theirs, nearest first', () => {
    expect(
      parts(
        incident('A', 'new'),
        incident('C', 'new', 'B'),
        incident('B', 'in_progress', 'A'),
        incident('D', 'new', 'A'),
      ),
    ).toEqual(['B', 'D', 'C'])
  })

  test('leave out what has ended or is there already, but not what hangs on it', () => {
    expect(
      parts(
        incident('A', 'new'),
        incident('B', 'closed', 'A'),
        incident('C', 'resolved', 'A'),
        incident('D', 'new', 'C'),
      ),
    ).toEqual(['D'])
  })

  test('end even where the parents lead in a circle', () => {
    expect(parts(incident('A', 'new', 'B'), incident('B', 'new', 'A'))).toEqual(['B'])
  })
})
