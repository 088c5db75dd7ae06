import { describe, expect, test } from 'vitest'
import type { CacheStore } from '../../src/adapters/cache-store.ts'
import type { TreeFile } from '../../src/core/tree.ts'
import { load } from '../../src/journeys/load.ts'
import { soundRecords } from '../../src/journeys/sound-records.ts'
import { sharingReader, type TreeReader } from '../../src/journeys/tree-reader.ts'
import { shippedText, shippedWith } from '../support/shipped.ts'

/** A tree as git knows it: the object id of a file tells its content. */
function committed(texts: Readonly<Record<string, string>> = {}): readonly TreeFile[] {
  return shippedWith(texts).map((file) => ({
    ...file,
    blob: file.bytes ? Buffer.from(file.bytes).toString('base64') : '',
  }))
}

function inMemory(): CacheStore {
  const kept = new Map<string, { readonly key: string; readonly content: Buffer }>()
  return {
    get: (name, key) => (kept.get(name)?.key === key ? kept.get(name)?.content : undefined),
    put(name, key, content) {
      kept.set(name, { key, content: Buffer.concat(content instanceof Uint8Array ? [content] : content) })
      return true
    },
  }
}

/** Loads a tree as a run with a cache does, and tells which files were read before anybody asked what they say. */
function loaded(cache: CacheStore, tree: readonly TreeFile[]) {
  const reader = sharingReader()
  const read: string[] = []
  const telling: TreeReader = {
    ...reader,
    yaml(file) {
      read.push(file.path)
      return reader.yaml(file)
    },
  }
  const sound = soundRecords(cache, tree)
  const snapshot = load(tree, reader.registry(tree), telling, sound)
  sound.keep()
  return { snapshot, read: [...read] }
}

const team = 'records/team/platform.yaml'
const edited = shippedText(team).replace(/^title:.*$/m, 'title: Another name')

describe('files that are known to be sound', () => {
  test('are not read until somebody asks what they say, which is the same', () => {
    const [cache, tree] = [inMemory(), committed()]
    const first = loaded(cache, tree)
    const second = loaded(cache, tree)
    expect(first.read).toContain(team)
    expect(second.read.filter((path) => !path.startsWith('records/measurement/'))).toEqual([])
    const { records, unreadable, series, count } = load(tree)
    for (const { snapshot } of [first, second]) {
      expect(snapshot.records.all.map((record) => ({ ...record }))).toEqual(records.all)
      expect([snapshot.unreadable, snapshot.series, snapshot.count]).toEqual([unreadable, series, count])
    }
  })

  test('are those that stand as they were', () => {
    const cache = inMemory()
    loaded(cache, committed())
    const { snapshot, read } = loaded(cache, committed({ [team]: edited }))
    expect(read).toContain(team)
    expect(snapshot.records.find('team', 'platform')?.data['title']).toBe('Another name')
  })

  test('are read anew by other rules', () => {
    const cache = inMemory()
    loaded(cache, committed())
    const schema = 'schemas/team/schema.json'
    const stricter = { ...JSON.parse(shippedText(schema)), maxProperties: 0 }
    const { snapshot, read } = loaded(cache, committed({ [schema]: JSON.stringify(stricter) }))
    expect(read).toContain(team)
    expect(snapshot.unreadable).toContain('team/platform')
  })

  test('are not those with a finding, or with another id than the name of their file', () => {
    const cache = inMemory()
    const wrong = { [team]: 'id: platform\nstate: 7\n', 'records/team/other.yaml': shippedText(team) }
    const first = loaded(cache, committed(wrong))
    const second = loaded(cache, committed(wrong))
    expect(second.read).toEqual(expect.arrayContaining(Object.keys(wrong)))
    expect(second.snapshot.diagnostics).toEqual(first.snapshot.diagnostics)
    expect(second.snapshot.diagnostics.length).toBeGreaterThan(0)
    expect(second.snapshot.records.all.map(({ id, file }) => [id, file])).toEqual(
      first.snapshot.records.all.map(({ id, file }) => [id, file]),
    )
  })
})
