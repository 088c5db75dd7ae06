import type { Diagnostic } from '../../core/diagnostic.ts'
import { largestFile, type TreeFile } from '../../core/tree.ts'
import { compose } from './compose.ts'
import { decode } from './encoding.ts'
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
 * then as a document, so that nothing slow ever runs on a hostile file. Diagnostics carry their `span`.
 */
export function readYaml(file: string, bytes: Uint8Array): YamlReading {
  const refuse = (text: string, offences: readonly Offence[]): YamlReading => ({
    data: undefined,
    diagnostics: diagnosticsOf(file, text, offences),
  })
  if (bytes.length > largestFile) return refuse('', [tooLarge(bytes.length)])
  const { text, offence } = decode(bytes)
  if (offence) return refuse(text, [offence])
  const composed = compose(text)
  if (composed.offence) return refuse(text, [composed.offence])
  if (!composed.document) return { data: null, diagnostics: [] }
  const { data, offences } = plain(composed.document.contents, text)
  if (offences.some(({ refused }) => refused)) return refuse(text, offences)
  return { data, diagnostics: diagnosticsOf(file, text, offences) }
}
