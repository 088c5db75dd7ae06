import { CST, Lexer, Parser } from 'yaml'
import { fragment } from '../../core/fragment.ts'
import { deepest, mostNodes, tooDeep, tooManyNodes } from './limits.ts'
import type { Offence } from './offence.ts'

/** What a scan of a text found: the syntax tree of its one document (none if it holds only comments), or an offence. */
export type Scanned =
  | { readonly document: CST.Document | undefined; readonly offence?: never }
  | { readonly offence: Offence }

/**
 * Reads a text as tokens and stops at the first one outside the subset, so that a hostile text costs no more than its
 * length. Composing it would: thousands of anchors, directives or nested lists take seconds, or end the process.
 */
export function scan(text: string): Scanned {
  const parser = new Parser()
  let document: CST.Document | undefined
  const nodes = { value: 0, item: 0, pair: 0 }
  let stage: 'before' | 'started' | 'inside' | 'ended' = 'before'
  let inScalar = false

  const take = (tokens: Iterable<CST.Token>): Offence | undefined => {
    for (const token of tokens) {
      if (token.type === 'error') return brokenToken(token)
      if (token.type === 'document') document ??= token
    }
    return undefined
  }

  for (const lexeme of new Lexer().lex(text)) {
    const { offset } = parser
    const type: CST.TokenType | 'content' | null = inScalar ? 'content' : CST.tokenType(lexeme)
    inScalar = type === 'scalar'
    const forbidden = banned(type, lexeme, offset)
    if (forbidden) return { offence: forbidden }
    if (type === 'doc-start') {
      if (stage !== 'before') return { offence: secondDocument(lexeme, offset) }
      stage = 'started'
    } else if (type === 'doc-end') stage = 'ended'
    else if (type !== null && !unseen.has(type)) {
      if (stage === 'ended') return { offence: secondDocument(lexeme, offset) }
      stage = 'inside'
    }
    const measure = type === null ? undefined : measures[type]
    if (measure) nodes[measure.by] += measure.nodes
    if (measure && nodes[measure.by] > mostNodes) return { offence: tooManyNodes(offset, offset + lexeme.length) }

    const broken = take(parser.next(lexeme))
    if (broken) return { offence: broken }
    if (parser.stack.length > deepest && parser.stack.filter(isNest).length > deepest)
      return { offence: tooDeep(offset, offset + lexeme.length) }
  }
  const broken = take(parser.end())
  return broken ? { offence: broken } : { document }
}

const unseen: ReadonlySet<string> = new Set(['doc-mode', 'space', 'newline', 'comment', 'flow-error-end'])

/**
 * What a token says about the number of nodes: a value stands for itself, an item for what it holds, a pair for its
 * name and what it holds, which may both be empty. Each measure alone is a lower bound.
 */
const measures: Readonly<Record<string, { readonly by: 'value' | 'item' | 'pair'; readonly nodes: number }>> = {
  scalar: { by: 'value', nodes: 1 },
  'single-quoted-scalar': { by: 'value', nodes: 1 },
  'double-quoted-scalar': { by: 'value', nodes: 1 },
  'block-scalar-header': { by: 'value', nodes: 1 },
  'flow-map-start': { by: 'value', nodes: 1 },
  'flow-seq-start': { by: 'value', nodes: 1 },
  'seq-item-ind': { by: 'item', nodes: 1 },
  comma: { by: 'item', nodes: 1 },
  'map-value-ind': { by: 'pair', nodes: 2 },
}

function isNest({ type }: CST.Token): boolean {
  return type === 'block-map' || type === 'block-seq' || type === 'flow-collection'
}

function banned(type: string | null, lexeme: string, from: number): Offence | undefined {
  const where = { from, to: from + lexeme.length, refused: true }
  switch (type) {
    case 'anchor':
      return {
        rule: 'yaml-anchor',
        message: `${fragment(lexeme)} is an anchor, which records may not use`,
        hint: 'Write the value out where it is needed; put a text that begins with & in quotes.',
        ...where,
      }
    case 'alias':
      return {
        rule: 'yaml-alias',
        message: `${fragment(lexeme)} is an alias, which records may not use`,
        hint: 'Write the value out; put a text that begins with * in quotes.',
        ...where,
      }
    case 'tag':
      return {
        rule: 'yaml-tag',
        message: `${fragment(lexeme)} is a tag, which records may not use`,
        hint: 'Delete the tag; put a text that begins with ! in quotes.',
        ...where,
      }
    case 'directive-line':
      return {
        rule: 'yaml-directive',
        message: `${fragment(lexeme)} is a directive, which records may not use`,
        hint: 'Delete the line: records are YAML 1.2.',
        ...where,
      }
    default:
      return undefined
  }
}

function secondDocument(lexeme: string, from: number): Offence {
  return {
    rule: 'yaml-multiple-documents',
    message: 'The file holds more than one document',
    hint: 'Keep one record in each file, with at most one --- before it.',
    from,
    to: from + lexeme.length,
    refused: true,
  }
}

function brokenToken({ offset, message, source }: CST.ErrorToken): Offence {
  return {
    rule: 'yaml-syntax',
    message: `This is not YAML: ${fragment(message)}`,
    hint: 'Check quotes, brackets and indentation around here.',
    from: offset,
    to: offset + Math.max(source.length, 1),
    refused: true,
  }
}
