import type { Data } from './record.ts'

/** What a version of a file says. */
export interface FileContent {
  /** All of it. Where there is an edit it is read when it is first asked for. */
  readonly data: Data
  /** The number of this version among all that one reader read; absent where nobody goes on from it. */
  readonly version?: number
  readonly edit?: FieldEdit
}

/**
 * What a version changed, told by the texts of both: values that stand to the letter as they stood before are not read
 * again. An edit leaves the `id` as it was.
 */
export interface FieldEdit {
  /** The number of the version that it changed. */
  readonly follows: number
  /** The names of all fields, in order. */
  readonly names: readonly string[]
  /** For each field the place among those of the version before where it stood as it stands now, or −1. */
  readonly kept: readonly number[]
  /** For each field its value; of one that is kept the items that were added to the list it is, or `undefined`. */
  readonly values: readonly unknown[]
}
