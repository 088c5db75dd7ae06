import type { LocatedDiagnostic } from '../diagnostic.ts'
import type { MainlineCommit } from '../history.ts'
import { recordPath } from '../record-path.ts'

/** Something that a mainline commit did and the rules of its time did not allow. */
export interface HistoryFinding {
  readonly commit: MainlineCommit
  readonly rule: string
  /** Of the record; empty where it is about a file that is no record. */
  readonly type: string
  /** Of the record, or the path of a file that is no record. */
  readonly id: string
  readonly file: string
  /** In the file as the commit left it; absent where it left none. */
  readonly line?: number
  readonly message: string
  readonly hint?: string
}

/** A finding about a commit; `idAt` tells the id of the record in a file, where one is known. */
export function historyFinding(
  commit: MainlineCommit,
  { rule, message, hint, place, span }: LocatedDiagnostic,
  idAt: (file: string) => string | undefined,
  isThere: boolean,
): HistoryFinding {
  const path = recordPath(place.file)
  return {
    commit,
    rule,
    type: path?.type ?? '',
    id: path ? (idAt(place.file) ?? path.basename) : place.file,
    file: place.file,
    ...(isThere && { line: span.line }),
    message,
    ...(hint !== undefined && { hint }),
  }
}
