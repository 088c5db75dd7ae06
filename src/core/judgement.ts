import type { Decision } from './approval/decide.ts'
import type { Demand } from './approval/demand.ts'
import type { ChangeAssessment } from './change-assessment.ts'
import type { LocatedDiagnostic } from './diagnostic.ts'
import type { SlaEffect } from './simulation.ts'
import type { TentativeFindings } from './tentative.ts'

/** What a pull request does to one record, as `check` tells it; states are `null` where there is none. */
export interface ChangeSummary {
  readonly id: string
  readonly type: string
  readonly file: string
  readonly kind: 'added' | 'edited' | 'removed'
  readonly from: string | null
  readonly to: string | null
}

/** What `validate` and `check` found, ready to be rendered. Diagnostics are in reading order. */
export interface Judgement {
  readonly diagnostics: readonly LocatedDiagnostic[]
  readonly summary: { readonly records: number; readonly errors: number; readonly warnings: number }
  /** Only of `check`. */
  readonly gate?: {
    /** pending: nothing is wrong, but approvals are missing. */
    readonly verdict: 'pass' | 'fail' | 'pending'
    readonly changes: readonly ChangeSummary[]
    readonly assessments: readonly ChangeAssessment[]
    readonly decisions: readonly Decision[]
    /** Approvals that records will need at a later step. */
    readonly foreseen: readonly Demand[]
    /** People who were only taken to have approved. */
    readonly assumed: readonly string[]
    /** What of it other open pull requests collide with; absent where these are not known. */
    readonly tentative?: TentativeFindings
    /** Where the change touches what clocks rest on: what it would have made of a past period. */
    readonly slaEffect?: SlaEffect
  }
  /** Texts of the files that diagnostics point into, for renderers that quote lines. */
  readonly sources: ReadonlyMap<string, string>
}

/** The words in which output can be asked for (DESIGN.md §4). */
export const formats = ['text', 'json', 'github', 'sarif', 'markdown', 'csv', 'ndjson', 'ics'] as const

/** One of `formats`. */
export type Format = (typeof formats)[number]
