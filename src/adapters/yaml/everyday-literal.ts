import { beyond, type Cursor, code, peek, toContent } from './everyday-cursor.ts'

/**
 * Reads a text introduced by `|` or `|-` below a name or dash in a column, and goes to the content after it. Its first
 * line says how far it is indented; blank lines that hold spaces are left to the full reader.
 */
export function literal(cursor: Cursor, column: number): string {
  const { text } = cursor
  const strips = peek(cursor, 1) === code.dash
  cursor.at += strips ? 2 : 1
  if (peek(cursor) !== code.newline) throw beyond
  cursor.at += 1
  const indent = spacesAt(text, cursor.at)
  if (indent <= column || text.charCodeAt(cursor.at + indent) === code.newline) throw beyond
  const lines: string[] = []
  let blank = 0
  while (cursor.at < text.length) {
    const end = text.indexOf('\n', cursor.at)
    const spaces = spacesAt(text, cursor.at)
    if (cursor.at + spaces === end) {
      if (spaces > 0) throw beyond
      blank += 1
    } else {
      if (spaces < indent) {
        if (spaces > column) throw beyond
        break
      }
      for (; blank > 0; blank -= 1) lines.push('')
      lines.push(text.slice(cursor.at + indent, end))
    }
    cursor.at = end + 1
  }
  toContent(cursor)
  return strips ? lines.join('\n') : `${lines.join('\n')}\n`
}

function spacesAt(text: string, at: number): number {
  let end = at
  while (text.charCodeAt(end) === code.space) end += 1
  return end - at
}
