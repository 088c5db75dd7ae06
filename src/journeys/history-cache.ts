import { endianness } from 'node:os'
import type { CacheStore } from '../adapters/cache-store.ts'
import type { HistoryParts } from '../core/packed-history.ts'

const name = 'history'

/** The layout below; another gets another number. Numbers are kept as this machine has them in memory. */
const layout = `history 1 ${endianness()}`

/** The history that was kept, up to whatever commit it then was; `undefined` where there is none. */
export function keptHistory(store: CacheStore): HistoryParts | undefined {
  const file = store.get(name, layout)
  if (!file) return undefined
  const parts = sections(file)
  const [commits, claimed, authors, records, revisions, cells, held, kinds, lists, ends, bytes] = parts
  if (!commits || !claimed || !authors || !records || !revisions || !cells || !held) return undefined
  if (!kinds || !lists || !ends || !bytes) return undefined
  return {
    commits: Buffer.from(commits).toString('latin1'),
    claimed: new Float64Array(claimed),
    authors: new Uint32Array(authors),
    records: new Uint32Array(records),
    revisions: new Uint32Array(revisions),
    cells: new Uint32Array(cells),
    held: new Uint32Array(held),
    values: {
      kinds: new Uint32Array(kinds),
      lists: new Uint32Array(lists),
      texts: { ends: new Uint32Array(ends), bytes: new Uint8Array(bytes) },
    },
  }
}

/** Keeps a history in place of the one kept before. */
export function keepHistory(store: CacheStore, parts: HistoryParts): void {
  const { commits, claimed, authors, records, revisions, cells, held, values } = parts
  const { kinds, lists, texts } = values
  const pieces: readonly Uint8Array[] = [
    Buffer.from(commits, 'latin1'),
    ...[claimed, authors, records, revisions, cells, held, kinds, lists, texts.ends].map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    ),
    texts.bytes,
  ]
  store.put(
    name,
    layout,
    pieces.flatMap((piece) => [length(piece), piece]),
  )
}

/** Each section is its length in bytes, a 64-bit number of this machine, and the bytes. */
function length(piece: Uint8Array): Uint8Array {
  return new Uint8Array(Float64Array.of(piece.length).buffer)
}

/** The sections of a file, each in memory of its own, as lists of numbers need it. */
function sections(file: Buffer): readonly ArrayBuffer[] {
  const found: ArrayBuffer[] = []
  for (let at = 0; at < file.length; ) {
    const [size = 0] = new Float64Array(memory(file, at, at + 8))
    found.push(memory(file, at + 8, at + 8 + size))
    at += 8 + size
  }
  return found
}

function memory(file: Buffer, from: number, until: number): ArrayBuffer {
  const copy = new ArrayBuffer(until - from)
  new Uint8Array(copy).set(file.subarray(from, until))
  return copy
}
