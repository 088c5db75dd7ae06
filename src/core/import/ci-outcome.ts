import type { ImportProblem } from './ci-incoming.ts'

/** What becomes of one record by an import. */
export interface ImportedRecord {
  readonly type: string
  readonly id: string
  readonly file: string
  readonly kind: 'added' | 'updated' | 'unchanged'
  /** Fields that are set or added to, where the record was there before. */
  readonly fields: readonly string[]
  /** What the record says and the source no longer does. */
  readonly untold: readonly string[]
}

/** What comes of an import of configuration items; with problems nothing is written. */
export interface CiImport {
  readonly source: string
  readonly dryRun: boolean
  readonly problems: readonly ImportProblem[]
  readonly records: readonly ImportedRecord[]
  /** Entities that have no place here, by kind. */
  readonly skipped: ReadonlyMap<string, number>
  /** Records taken over before that the source no longer tells. */
  readonly vanished: readonly string[]
}
