import { float64s, joinSections, layoutName, splitSections, uint32s } from '../adapters/binary-sections.ts'
import type { CacheStore } from '../adapters/cache-store.ts'
import type { HistoryParts } from '../core/packed-history.ts'

const [name, layout] = ['history', layoutName('history', 1)]

/** The history that was kept, up to whatever commit it then was; `undefined` where there is none. */
export function keptHistory(store: CacheStore): HistoryParts | undefined {
  const file = store.get(name, layout)
  if (!file) return undefined
  const [commits, claimed, authors, records, revisions, cells, held, kinds, lists, ends, bytes] = splitSections(file)
  if (!commits || !claimed || !authors || !records || !revisions || !cells || !held) return undefined
  if (!kinds || !lists || !ends || !bytes) return undefined
  return {
    commits: Buffer.from(commits.buffer, commits.byteOffset, commits.length).toString('latin1'),
    claimed: float64s(claimed),
    authors: uint32s(authors),
    records: uint32s(records),
    revisions: uint32s(revisions),
    cells: uint32s(cells),
    held: uint32s(held),
    values: {
      kinds: uint32s(kinds),
      lists: uint32s(lists),
      texts: { ends: uint32s(ends), bytes },
    },
  }
}

/** Keeps a history in place of the one kept before. */
export function keepHistory(store: CacheStore, parts: HistoryParts): void {
  const { commits, claimed, authors, records, revisions, cells, held, values } = parts
  const { kinds, lists, texts } = values
  const numbers = [claimed, authors, records, revisions, cells, held, kinds, lists, texts.ends]
  store.put(name, layout, joinSections([Buffer.from(commits, 'latin1'), ...numbers, texts.bytes]))
}
