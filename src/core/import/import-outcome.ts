import type { CountDifferences } from './service-now-counts.ts'
import type { RefusedRow } from './service-now-row.ts'

/** What came of an import from ServiceNow. */
export interface ImportOutcome {
  /** Rows of the log, the refused ones included. */
  readonly rows: number
  /** Commits that stand for a row. */
  readonly commits: number
  readonly incidents: number
  readonly teams: number
  readonly cis: number
  /** Rows that could not be read, by line. */
  readonly refused: readonly RefusedRow[]
  /** The commit of the last row, named in `gitsm.yaml` as the boundary of the import. */
  readonly boundary: string
  /** The last commit of the repository. */
  readonly tip: string
  /** Incidents whose history counts reassignments or reopenings otherwise than the log's own columns. */
  readonly differences: CountDifferences
}
