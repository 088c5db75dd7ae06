/** A finding on lines of a file, as GitHub shows it beside a change. */
export interface Annotation {
  readonly path: string
  /** Lines and columns count from 1. Columns need a single line. */
  readonly start_line: number
  readonly end_line: number
  readonly start_column?: number
  readonly end_column?: number
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly title?: string
  readonly message: string
}
