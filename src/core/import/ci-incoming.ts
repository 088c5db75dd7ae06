import type { Data } from '../record.ts'

/** Where something stands in what is imported. */
export interface Origin {
  readonly file: string
  readonly line: number
}

/** A record as another tool tells it: only what the tool knows. */
export interface IncomingRecord {
  readonly type: 'ci' | 'service' | 'team'
  readonly id: string
  /** Fields that are brought into line, in lists and mappings item by item. */
  readonly fields: Data
  /** Fields of a new record that stay as they are once it is there. */
  readonly atFirst: Data
  readonly origin: Origin
}

/** Something that cannot be imported, and what would be right. */
export interface ImportProblem {
  readonly origin: Origin
  readonly message: string
  readonly hint: string
}

/** What another tool tells. */
export interface Incoming {
  readonly records: readonly IncomingRecord[]
  readonly problems: readonly ImportProblem[]
  /** Things that are told but have no place here, by what they are called there. */
  readonly skipped: ReadonlyMap<string, number>
}
