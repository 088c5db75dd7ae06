import { locate } from '../adapters/yaml/locate.ts'
import { type Diagnostic, inReadingOrder, type LocatedDiagnostic } from '../core/diagnostic.ts'
import type { Place, Span } from '../core/place.ts'
import type { TreeFile } from '../core/tree.ts'

const start: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 }

/** Gives every diagnostic its lines and columns, and puts them in reading order. Each file is parsed at most once. */
export function locateDiagnostics(
  diagnostics: readonly Diagnostic[],
  files: ReadonlyMap<string, TreeFile>,
): readonly LocatedDiagnostic[] {
  const places = diagnostics.flatMap(({ place, span, related = [] }) => [
    ...(span ? [] : [place]),
    ...related.map((other) => other.place),
  ])
  const spans = new Map<Place, Span>()
  for (const file of new Set(places.map((place) => place.file))) {
    const group = places.filter((place) => place.file === file)
    const found = locate(textOf(files.get(file)), group)
    for (const [index, place] of group.entries()) spans.set(place, found[index] ?? start)
  }
  return diagnostics
    .map((diagnostic) => ({
      ...diagnostic,
      span: diagnostic.span ?? spans.get(diagnostic.place) ?? start,
      relatedSpans: (diagnostic.related ?? []).map(({ place }) => spans.get(place) ?? start),
    }))
    .toSorted(inReadingOrder)
}

/** The text of a file as far as it can be shown; bytes that are no UTF-8 become replacement characters. */
export function textOf(file: TreeFile | undefined): string {
  return file?.bytes ? new TextDecoder().decode(file.bytes) : ''
}
