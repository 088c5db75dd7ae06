import type { Annotation } from '../core/annotation.ts'
import type { LocatedDiagnostic } from '../core/diagnostic.ts'
import type { Judgement } from '../core/judgement.ts'
import { printable } from './terminal.ts'

const levels = { error: 'failure', warning: 'warning', notice: 'notice' } as const

/** As many characters of a message are shown; GitHub takes 64 KiB. */
const longest = 4_000

/** The findings of a judgement as annotations. What is missing of approvals is told elsewhere: no line is at fault. */
export function annotationsOf({ diagnostics }: Judgement): readonly Annotation[] {
  return diagnostics.filter(({ rule }) => rule !== 'approval-given').map(annotation)
}

function annotation({ severity, place, span, rule, message, hint }: LocatedDiagnostic): Annotation {
  const text = printable(hint === undefined ? message : `${message}\nCure: ${hint}`)
  return {
    path: place.file,
    start_line: span.line,
    end_line: span.endLine,
    // GitHub refuses columns of an annotation that runs over several lines.
    ...(span.endLine === span.line && { start_column: span.column, end_column: span.endColumn }),
    annotation_level: levels[severity],
    title: rule,
    message: text.length > longest ? `${text.slice(0, longest - 1)}…` : text,
  }
}
