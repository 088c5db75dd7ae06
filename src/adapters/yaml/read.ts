import type { Diagnostic } from '../../core/diagnostic.ts'
import { largestFile, type TreeFile } from '../../core/tree.ts'
import { compose } from './compose.ts'
import { decode } from './encoding.ts'
import { everyday } from './everyday.ts'
import { tooLarge } from './limits.ts'
import { diagnosticsOf, type Offence } from './offence.ts'
import { plain } from './plain.ts'

/** What a YAML file says. */
export interface YamlReading {
  /** Plain data; `null` for a file without content; `undefined` exactly when the file is refused. */
  readonly data: unknown
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a file of a tree; one whose content was left aside because of its size is refused for that. */
export function readYamlFile({ path, size, bytes }: TreeFile): YamlReading {
  if (bytes) return readYaml(path, bytes)
  return { data: undefined, diagnostics: diagnosticsOf(path, '', [tooLarge(size)]) }
}

/**
 * Reads a file inside the YAML subset of DESIGN.md §1.8, or refuses it: by size, then encoding, then tokens, and only
 * then as a document, so that nothing slow ever runs on a hostile file. Diagnostics carry their `span`. Texts in the
 * form in which records are usually written take a shorter way to the same data.
 */
export function readYaml(file: string, bytes: Uint8Array): YamlReading {
  if (bytes.length > largestFile) return refused(file, '', [tooLarge(bytes.length)])
  const { text, offence } = decode(bytes)
  if (offence) return refused(file, text, [offence])
  const data = everyday(text)
  return data === undefined ? readAnyForm(file, text) : { data, diagnostics: [] }
}

/** Reads a text of characters that records may hold, in whatever form it is written. */
export function readAnyForm(file: string, text: string): YamlReading {
  const composed = compose(text)
  if (composed.offence) return refused(file, text, [composed.offence])
  if (!composed.document) return { data: null, diagnostics: [] }
  const { data, offences } = plain(composed.document.contents, text)
  if (offences.some(({ refused }) => refused)) return refused(file, text, offences)
  return { data, diagnostics: diagnosticsOf(file, text, offences) }
}

function refused(file: string, text: string, offences: readonly Offence[]): YamlReading {
  return { data: undefined, diagnostics: diagnosticsOf(file, text, offences) }
}
