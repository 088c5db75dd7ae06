import { compare, type LocatedDiagnostic, type Severity } from '../core/diagnostic.ts'
import type { Judgement } from '../core/judgement.ts'
import type { Span } from '../core/place.ts'
import type { RuleSummary } from '../core/reading-rules.ts'
import { json } from './json.ts'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' }

/** A judgement as SARIF 2.1.0, for code scanning and editors. `version` is that of gitsm. */
export function judgementSarif({ diagnostics }: Judgement, rules: readonly RuleSummary[], version: string): string {
  const known = new Map(rules.map(({ id, summary }) => [id, summary]))
  const ids = [...new Set(diagnostics.map(({ rule }) => rule))].toSorted(compare)
  return json({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gitsm',
            semanticVersion: version,
            rules: ids.map((id) => ({ id, shortDescription: { text: known.get(id) ?? id } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { description: { text: 'The root of the repository' } } },
        results: diagnostics.map((diagnostic) => result(diagnostic, ids)),
      },
    ],
  })
}

function result(diagnostic: LocatedDiagnostic, ids: readonly string[]) {
  const { rule, severity, message, hint, place, span, related = [], relatedSpans } = diagnostic
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: levels[severity],
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: [{ physicalLocation: location(place.file, span) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, index) => ({
            id: index,
            message: { text: other.message },
            physicalLocation: location(other.place.file, relatedSpans[index]),
          })),
        }),
  }
}

function location(file: string, span: Span | undefined) {
  const region = span && {
    startLine: span.line,
    startColumn: span.column,
    endLine: span.endLine,
    endColumn: span.endColumn,
  }
  return {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'ROOT' },
    ...(region ? { region } : {}),
  }
}
