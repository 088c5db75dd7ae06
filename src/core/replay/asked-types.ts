import type { RecordIndex } from '../facts.ts'

/** An index that remembers which types it was asked about. */
export interface WatchedIndex {
  readonly index: RecordIndex
  /** Whether what was read of the index could be different once records of some types have changed. */
  dependsOn(types: ReadonlySet<string>): boolean
}

/** Watches what is read of an index. */
export function watched(records: RecordIndex): WatchedIndex {
  const asked = new Set<string>()
  let everything = false
  return {
    index: {
      get all() {
        everything = true
        return records.all
      },
      find(type, id) {
        asked.add(type)
        return records.find(type, id)
      },
      ofType(type) {
        asked.add(type)
        return records.ofType(type)
      },
    },
    dependsOn: (types) => everything || [...types].some((type) => asked.has(type)),
  }
}
