import { beyond, type Cursor, code, count, peek, skipSpaces } from './everyday-cursor.ts'
import { setField } from './everyday-field.ts'
import { fieldName, quoted, unquoted } from './everyday-scalar.ts'

/** Reads a list or a mapping in brackets, the cursor at the first. Lines may end behind a first bracket or a comma. */
export function flow(cursor: Cursor, depth: number): unknown {
  if (depth > 16) throw beyond
  return peek(cursor) === code.openBracket ? list(cursor, depth) : mapping(cursor, depth)
}

function list(cursor: Cursor, depth: number): readonly unknown[] {
  const items: unknown[] = []
  if (isEmpty(cursor, code.closeBracket)) return items
  do items.push(value(cursor, depth))
  while (goesOn(cursor, code.closeBracket))
  return items
}

function mapping(cursor: Cursor, depth: number): unknown {
  const fields: { [name: string]: unknown } = {}
  if (isEmpty(cursor, code.closeBrace)) return fields
  do {
    const name = fieldName(cursor)
    skipSpaces(cursor)
    count(cursor)
    setField(fields, name, value(cursor, depth))
  } while (goesOn(cursor, code.closeBrace))
  return fields
}

function value(cursor: Cursor, depth: number): unknown {
  count(cursor)
  const char = peek(cursor)
  if (char === code.openBracket || char === code.openBrace) return flow(cursor, depth + 1)
  if (char === code.doubleQuote || char === code.singleQuote) return quoted(cursor)
  return unquoted(cursor, true)
}

/** Steps over the first bracket, and over the last one if nothing stands between. */
function isEmpty(cursor: Cursor, last: number): boolean {
  cursor.at += 1
  toItem(cursor)
  if (peek(cursor) !== last) return false
  cursor.at += 1
  return true
}

/** Steps over a comma, after which there must be something, or over the last bracket. */
function goesOn(cursor: Cursor, last: number): boolean {
  skipSpaces(cursor)
  const char = peek(cursor)
  if (char !== code.comma && char !== last) throw beyond
  cursor.at += 1
  if (char === last) return false
  toItem(cursor)
  return true
}

/** Steps over spaces, and to the content of the next line where this one ends. */
function toItem(cursor: Cursor): void {
  skipSpaces(cursor)
  if (peek(cursor) !== code.newline) return
  const start = cursor.at + 1
  cursor.at = start
  skipSpaces(cursor)
  if (cursor.at - start <= cursor.edge) throw beyond
}
