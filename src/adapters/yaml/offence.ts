import type { Diagnostic, Related } from '../../core/diagnostic.ts'
import type { Place, Route } from '../../core/place.ts'
import { type Lines, linesOf } from './lines.ts'

/** One thing in a text that the YAML subset does not allow, between two offsets (the end exclusive). */
export interface Offence {
  readonly rule: string
  readonly message: string
  readonly hint: string
  readonly from: number
  readonly to: number
  /** The field it concerns, where the text could be understood that far. */
  readonly place?: Omit<Place, 'file'>
  /** The earlier spot that this one clashes with. */
  readonly earlier?: { readonly route: Route; readonly message: string }
  /** Unsafe to read, exit code 3; otherwise wrong content, exit code 1. */
  readonly refused: boolean
}

/** Offences as diagnostics of a file, their lines and columns counted in its text. */
export function diagnosticsOf(file: string, text: string, offences: readonly Offence[]): readonly Diagnostic[] {
  if (offences.length === 0) return []
  const lines = linesOf(text)
  return offences.map((offence) => diagnosticOf(file, lines, offence))
}

function diagnosticOf(file: string, lines: Lines, offence: Offence): Diagnostic {
  const { rule, message, hint, from, to, place, earlier, refused } = offence
  const related: readonly Related[] = earlier
    ? [{ place: { file, route: earlier.route, at: 'key' }, message: earlier.message }]
    : []
  return {
    rule,
    severity: 'error',
    message,
    place: { file, route: [], ...place },
    hint,
    ...(related.length > 0 && { related }),
    ...(refused && { refused }),
    span: lines.span(from, to),
  }
}
