import { describe, expect, test } from 'vitest'
import { search } from '../../src/adapters/search-index.ts'
import type { Searchable } from '../../src/core/searchable.ts'

function article(id: string, title: string, fields: Partial<Searchable> = {}): Searchable {
  const record = { type: 'knowledge', id, file: `records/knowledge/${id}.yaml`, data: { id } }
  return { kind: 'article', record, title, keywords: '', symptoms: '', answer: '', ...fields }
}

function ids(among: readonly Searchable[], words: string, most = 10): readonly string[] {
  return search(among, words, most).map(({ found }) => found.record.id)
}

const among = [
  article('KB-1', 'Restart the mail relay'),
  article('KB-2', 'The shop is slow', { answer: 'Restart the relay of the web servers' }),
  article('KB-3', 'Überlast der Straßenkarte', { keywords: 'Größe' }),
]

describe('a search', () => {
  test('ranks a word in the title above one in the text', () => {
    expect(ids(among, 'restart')).toEqual(['KB-1', 'KB-2'])
  })

  test('folds letters: case, umlauts and sharp s', () => {
    expect(ids(among, 'uberlast')).toEqual(['KB-3'])
    expect(ids(among, 'STRASSENKARTE')).toEqual(['KB-3'])
    expect(ids(among, 'Überlast')).toEqual(['KB-3'])
  })

  test('finds by the beginning of a word and forgives a slip', () => {
    expect(ids(among, 'rest')).toEqual(['KB-1', 'KB-2'])
    expect(ids(among, 'restrt')).toEqual(['KB-1', 'KB-2'])
  })

  test('looks past words that stand everywhere', () => {
    expect(ids(among, 'the')).toEqual([])
    expect(ids(among, 'is the shop')).toEqual(['KB-2'])
  })

  test('prefers what tells the answer over what merely had it', () => {
    const solved = article('INC-1', 'The shop is slow', { kind: 'incident' })
    expect(ids([solved, article('KB-9', 'The shop is slow')], 'shop slow')).toEqual(['KB-9', 'INC-1'])
  })

  test('is in order of ids where nothing else decides, and the same from any order of records', () => {
    const twins = ['KB-C', 'KB-A', 'KB-B'].map((id) => article(id, 'Printer is out of paper'))
    expect(ids(twins, 'printer paper')).toEqual(['KB-A', 'KB-B', 'KB-C'])
    expect(ids(twins.toReversed(), 'printer paper', 2)).toEqual(['KB-A', 'KB-B'])
  })

  test('says how much of what was looked for a hit has', () => {
    const [best] = search(among, 'relay banana', 1)
    expect(best).toMatchObject({ score: 1, share: 0.5 })
  })

  test('finds nothing for no words', () => {
    expect(ids(among, '   ?! ')).toEqual([])
  })
})
