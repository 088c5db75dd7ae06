import type { EvidenceAccount } from './evidence-account.ts'
import type { Instant } from './instant.ts'
import type { Reading } from './reading.ts'
import type { RecordDoc } from './record.ts'
import type { ToldLife } from './told-life.ts'

/** What an export can hold, in the order in which it does. */
export const exportParts = ['records', 'timelines', 'readings'] as const

/** One of `exportParts`. */
export type ExportPart = (typeof exportParts)[number]

/** Records, lives and readings as of an instant, for programs; parts that were not asked for are empty. */
export interface Export {
  /** The commit that the history was read up to. */
  readonly commit: string
  readonly asOf: Instant
  readonly parts: readonly ExportPart[]
  /** In order of type and id, as are lives and readings. */
  readonly records: readonly RecordDoc[]
  /** `<type>/<id>` of those that stood there and could not be read. */
  readonly unreadable: readonly string[]
  readonly lives: readonly (ToldLife & { readonly type: string })[]
  readonly readings: readonly (Reading & { readonly type: string })[]
  readonly evidence: EvidenceAccount
}
