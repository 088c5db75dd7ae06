import type { RecordIndex } from './facts.ts'

/** What would have to be read of a tree before an answer can be believed. */
export interface Missing {
  /** `<type>/<id>` of records that were looked for by name. */
  readonly records: Set<string>
  /** Types that were listed. */
  readonly types: Set<string>
  /** Whether all records were listed. */
  everything: boolean
}

/** What of a tree has not been read. */
export interface Unread {
  has(type: string, id: string): boolean
  hasAny(type: string): boolean
}

/** Nothing has been asked yet. */
export function nothingMissing(): Missing {
  return { records: new Set(), types: new Set(), everything: false }
}

/**
 * An index of the records that were read of a tree; whatever it is asked for beyond them is written down as missing.
 */
export function partialIndex(records: RecordIndex, unread: Unread, missing: Missing): RecordIndex {
  return {
    get all() {
      missing.everything = true
      return records.all
    },
    find(type, id) {
      const found = records.find(type, id)
      if (!found && unread.has(type, id)) missing.records.add(`${type}/${id}`)
      return found
    },
    ofType(type) {
      if (unread.hasAny(type)) missing.types.add(type)
      return records.ofType(type)
    },
  }
}
