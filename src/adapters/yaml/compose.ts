import { Composer, type CST, type Document, type ErrorCode, Schema, type YAMLError } from 'yaml'
import { fragment } from '../../core/fragment.ts'
import type { Offence } from './offence.ts'

/** The YAML 1.2 core schema, built once for all files. */
const core = new Schema({ schema: 'core', merge: false, resolveKnownTags: false })

/** A document of nodes with their ranges; or the first thing in it that is not YAML. */
export type Composed = { readonly document: Document.Parsed; readonly offence?: never } | { readonly offence: Offence }

/** Composes the syntax tree of a text of the given length into a document. */
export function compose(syntax: CST.Document, length: number): Composed {
  const composer = new Composer({ schema: core, uniqueKeys: false, logLevel: 'silent', strict: true })
  const [document] = withoutStacks(() => [...composer.compose([syntax], true, length)])
  if (!document) return { offence: notYaml('UNEXPECTED_TOKEN', 'There is no document', [0, 1]) }
  const [broken] = [...document.errors, ...document.warnings].toSorted(inTextOrder)
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
