import type { Place, Span } from './place.ts'

export type Severity = 'error' | 'warning' | 'notice'

/** Another spot that helps to understand a diagnostic, for example the first of two records with one id. */
export interface Related {
  readonly place: Place
  readonly message: string
}

/**
 * One thing a reader should know about a record. Never an exception: a wrong record is ordinary.
 *
 * `refused` marks input that is unsafe or over a limit (outside the YAML subset, a symlink, a hostile path): it makes
 * the run end with exit code 3 instead of 1. `span` is known from the start only where there is no parsed document
 * that a route could lead into.
 */
export interface Diagnostic {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly place: Place
  readonly hint?: string
  readonly related?: readonly Related[]
  readonly refused?: boolean
  readonly span?: Span
}

/** A diagnostic whose places are known as lines and columns, ready to be rendered. */
export interface LocatedDiagnostic extends Diagnostic {
  readonly span: Span
  readonly relatedSpans: readonly Span[]
}

/** Reading order: by file, then position, then rule and message, so that output never depends on the order of work. */
export function inReadingOrder(a: LocatedDiagnostic, b: LocatedDiagnostic): number {
  return (
    compare(a.place.file, b.place.file) ||
    a.span.line - b.span.line ||
    a.span.column - b.span.column ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  )
}

/** Compares by UTF-16 code unit, so that the order is the same in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
