import type { Data } from '../../core/record.ts'
import { beyond, type Cursor, code, count, endLine, peek, skipSpaces, toContent } from './everyday-cursor.ts'
import { setField } from './everyday-field.ts'
import { flow } from './everyday-flow.ts'
import { literal } from './everyday-literal.ts'
import { fieldName, nameAhead, quoted, unquoted } from './everyday-scalar.ts'

/**
 * The data of a text in the form in which records are usually written: block mappings and lists, brackets,
 * plain and quoted values on one line, literal texts, comments. `undefined` for any other text, right or wrong: then the
 * full reader has to say. What it does read, it reads as the full reader does, only many times faster; a property test
 * holds the two equal.
 */
export function everyday(text: string): unknown {
  return everydayFields(text)?.data
}

/** The fields of a text that was read in the everyday form, and where they stand in it. */
export interface EverydayFields {
  readonly text: string
  readonly names: readonly string[]
  /** Where each begins, by its name; behind them where the text ends. */
  readonly starts: readonly number[]
  /** How many values and names there are, or more. */
  readonly nodes: number
}

/** As `everyday`, with what reading the next version of the text needs. */
export function everydayFields(text: string): (EverydayFields & { readonly data: Data }) | undefined {
  const cursor: Cursor = { text, at: text.startsWith('---\n') ? 4 : 0, indent: 0, edge: 0, nodes: 0 }
  const starts: number[] = []
  if (!isPlain(text)) return undefined
  return orBeyond(() => {
    toContent(cursor)
    const data = cursor.indent === 0 ? mapping(cursor, 0, 1, starts) : undefined
    if (!data || cursor.indent !== -1) return undefined
    return { text, data, names: Object.keys(data), starts: [...starts, text.length], nodes: cursor.nodes }
  })
}

/** Whether a text ends its last line, and holds neither tabs nor CR. */
export function isPlain(text: string): boolean {
  return text.endsWith('\n') && !text.includes('\t') && !text.includes('\r')
}

/** What reading gives, or nothing where the text leaves the everyday form. */
export function orBeyond<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    if (cause === beyond) return undefined
    throw cause
  }
}

/** Reads the fields of a mapping whose names stand in a column. */
function mapping(cursor: Cursor, column: number, depth: number, starts?: number[]): Data {
  if (depth > 16) throw beyond
  const fields: { [name: string]: unknown } = {}
  do {
    starts?.push(cursor.at)
    count(cursor)
    const name = fieldName(cursor)
    setField(fields, name, fieldValue(cursor, column, depth))
  } while (cursor.indent === column)
  if (cursor.indent > column) throw beyond
  return fields
}

/** Reads the value of a field, the cursor behind its colon, and goes to the content after it. */
export function fieldValue(cursor: Cursor, column: number, depth: number): unknown {
  skipSpaces(cursor)
  const char = peek(cursor)
  if (char !== code.newline && char !== code.hash) return lineValue(cursor, column, depth)
  count(cursor)
  cursor.at = cursor.text.indexOf('\n', cursor.at) + 1
  toContent(cursor)
  const isList = cursor.indent >= column && peek(cursor) === code.dash
  if (isList) return list(cursor, cursor.indent, depth + 1)
  return cursor.indent > column ? mapping(cursor, cursor.indent, depth + 1) : null
}

/** Reads the items of a list whose dashes stand in a column. */
export function list(cursor: Cursor, column: number, depth: number): readonly unknown[] {
  if (depth > 16) throw beyond
  const items: unknown[] = []
  do {
    if (peek(cursor, 1) !== code.space) throw beyond
    const dash = cursor.at
    cursor.at += 1
    skipSpaces(cursor)
    if (nameAhead(cursor) === undefined) items.push(lineValue(cursor, column, depth))
    else items.push(mapping(cursor, column + cursor.at - dash, depth + 1))
  } while (cursor.indent === column && peek(cursor) === code.dash)
  if (cursor.indent > column) throw beyond
  return items
}

/** Reads a value that begins on the line of its name or dash, and goes to the content after it. */
function lineValue(cursor: Cursor, column: number, depth: number): unknown {
  count(cursor)
  const char = peek(cursor)
  if (char === code.bar) return literal(cursor, column)
  cursor.edge = column
  const value =
    char === code.openBracket || char === code.openBrace
      ? flow(cursor, depth + 1)
      : char === code.doubleQuote || char === code.singleQuote
        ? quoted(cursor)
        : unquoted(cursor, false)
  endLine(cursor)
  return value
}
