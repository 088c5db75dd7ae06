import { Composer, type Document, type ErrorCode, type YAMLError } from 'yaml'
import { fragment } from '../../core/fragment.ts'
import { core } from './core-schema.ts'
import type { Offence } from './offence.ts'
import { scan } from './scan.ts'

/** A text as a document of nodes with their ranges (none if it holds only comments); or the first offence in it. */
export type Composed =
  | { readonly document: Document.Parsed | undefined; readonly offence?: never }
  | { readonly offence: Offence; readonly document?: never }

/** Composes a text that the scan finds nothing in. */
export function compose(text: string): Composed {
  const scanned = scan(text)
  if (scanned.offence) return scanned
  const { document: syntax } = scanned
  if (!syntax) return { document: undefined }
  const composer = new Composer({ schema: core, uniqueKeys: false, logLevel: 'silent', keepSourceTokens: true })
  const [document] = withoutStacks(() => [...composer.compose([syntax], true, text.length)])
  const [broken] = [...(document?.errors ?? []), ...(document?.warnings ?? [])].toSorted(inTextOrder)
  return broken ? { offence: notYaml(broken.code, broken.message, broken.pos) } : { document }
}

/** A hostile file can hold tens of thousands of errors, and recording a stack for each is what would make it slow. */
function withoutStacks<T>(work: () => T): T {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return work()
  } finally {
    Error.stackTraceLimit = limit
  }
}

function inTextOrder(a: YAMLError, b: YAMLError): number {
  return a.pos[0] - b.pos[0]
}

const cures: { readonly [code in ErrorCode]?: string } = {
  BAD_DQ_ESCAPE: 'Write a backslash in double quotes as \\\\, or use single quotes.',
  BAD_INDENT: 'Begin the fields of one mapping, and the items of one list, in the same column.',
  BAD_SCALAR_START: 'Put the text in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'Put a text that contains ": " in quotes; begin a nested mapping on a line of its own.',
  BLOCK_IN_FLOW: 'Inside [ ] and { } write lists and mappings with brackets too.',
  KEY_OVER_1024_CHARS: 'Is a line break or a quote missing before the colon?',
  MISSING_CHAR: 'Is a colon, comma, quote, bracket or space missing here?',
  MULTILINE_IMPLICIT_KEY: 'Is a colon missing after the name of a field, or a quote around a text of several lines?',
  TAB_AS_INDENT: 'Indent with spaces.',
}

function notYaml(code: ErrorCode, message: string, [from, to]: readonly [number, number]): Offence {
  return {
    rule: 'yaml-syntax',
    message: `This is not YAML: ${fragment(message)}`,
    hint: cures[code] ?? 'Check quotes, brackets and indentation around here.',
    from,
    to,
    refused: true,
  }
}
