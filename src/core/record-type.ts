import type { Lifecycle } from './lifecycle.ts'
import type { Data } from './record.ts'

/** A kind of record, as `schemas/<name>/` defines it. */
export interface RecordType {
  readonly name: string
  /** The JSON Schema (draft 2020-12) of the record, as read. */
  readonly schema: Data
  /** Absent for types without states. */
  readonly lifecycle?: Lifecycle
  /** `INC` for process records with generated ids; absent for configuration records with slugs. */
  readonly prefix?: string
  /** Fields that name other records, found by the schema keyword `x-reference`. */
  readonly references: readonly ReferenceField[]
  /** Instants that may not lie before others, found by the schema keyword `x-not-before`. */
  readonly orderedTimes: readonly OrderedTime[]
}

/** A field that holds ids of other records: `*` in the path stands for every item of a list or every field of a map. */
export interface ReferenceField {
  readonly path: readonly string[]
  /** The types one of which the id must belong to. */
  readonly to: readonly string[]
}

/** A top-level instant that must not lie before the named others. */
export interface OrderedTime {
  readonly field: string
  readonly notBefore: readonly string[]
}
