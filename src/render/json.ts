import type { LocatedDiagnostic } from '../core/diagnostic.ts'
import type { Fault } from '../core/fault.ts'
import type { Judgement } from '../core/judgement.ts'

/** A judgement as the JSON of DESIGN.md §4; `approvals` stays empty until policies are part of a repository. */
export function judgementJson({ diagnostics, summary, gate }: Judgement): string {
  return json({
    ...(gate ? { verdict: gate.verdict } : {}),
    diagnostics: diagnostics.map(diagnosticJson),
    ...(gate ? { changes: gate.changes, approvals: [] } : {}),
    summary,
  })
}

function diagnosticJson({ rule, severity, message, hint, place, span, related = [], relatedSpans }: LocatedDiagnostic) {
  return {
    rule,
    severity,
    message,
    hint: hint ?? null,
    file: place.file,
    ...span,
    related: related.map((other, index) => ({
      file: other.place.file,
      line: relatedSpans[index]?.line ?? 1,
      column: relatedSpans[index]?.column ?? 1,
      message: other.message,
    })),
  }
}

/** A fault as JSON: `{ "error": { "code", "message", "cure" } }`, where code is the exit code. */
export function faultJson({ code, message, cure }: Fault): string {
  return json({ error: { code, message, cure } })
}

/** Any plain value as indented JSON with a line end. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
