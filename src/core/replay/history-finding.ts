import type { LocatedDiagnostic } from '../diagnostic.ts'
import type { MainlineCommit } from '../history.ts'
import { type RecordDoc, valueAt } from '../record.ts'
import { recordPath } from '../record-path.ts'

/** Something that a mainline commit did and the rules of its time did not allow. */
export interface HistoryFinding {
  readonly commit: MainlineCommit
  readonly rule: string
  /** Of the record; empty where it is about a file that is no record. */
  readonly type: string
  /** Of the record, or the path of a file that is no record; empty where it is about the commit itself. */
  readonly id: string
  /** Empty where it is about the commit itself. */
  readonly file: string
  /** The tool that the record was brought in from, as it says itself. */
  readonly source?: string
  /** In the file as the commit left it; absent where it left none. */
  readonly line?: number
  readonly message: string
  readonly hint?: string
}

/** A finding about a commit; `recordAt` tells the record that a file holds, or held before. */
export function historyFinding(
  commit: MainlineCommit,
  { rule, message, hint, place, span }: LocatedDiagnostic,
  recordAt: (file: string) => RecordDoc | undefined,
  isThere: boolean,
): HistoryFinding {
  const path = recordPath(place.file)
  const record = recordAt(place.file)
  const source = valueAt(record?.data, ['source', 'system'])
  return {
    commit,
    rule,
    type: path?.type ?? '',
    id: path ? (record?.id ?? path.basename) : place.file,
    file: place.file,
    ...(typeof source === 'string' && { source }),
    ...(isThere && { line: span.line }),
    message,
    ...(hint !== undefined && { hint }),
  }
}
