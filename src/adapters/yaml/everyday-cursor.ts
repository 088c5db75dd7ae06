/** Where a reader of everyday YAML stands in a text that ends in a line feed and holds neither tabs nor CR. */
export interface Cursor {
  readonly text: string
  /** The offset of what is read next. */
  at: number
  /** The column of the content at `at`, where that begins its line; −1 at the end of the text. */
  indent: number
  /** The column that lines inside brackets must stand right of. */
  edge: number
  /** Values and names seen so far. */
  nodes: number
}

/** Thrown, and caught in the same reader, where a text leaves the everyday form. Made once: it tells nothing else. */
export const beyond: RangeError = new RangeError('This is not everyday YAML')

/** The characters that the reader tells apart, by their code. */
export const code = {
  newline: 10,
  space: 32,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  comma: 44,
  dash: 45,
  colon: 58,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  bar: 124,
  openBrace: 123,
  closeBrace: 125,
} as const

/** The character `ahead` of the cursor; NaN behind the end of the text. */
export function peek(cursor: Cursor, ahead = 0): number {
  return cursor.text.charCodeAt(cursor.at + ahead)
}

/** Steps over spaces. */
export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === code.space) cursor.at += 1
}

/** Counts one more value or name. A text with so many is rare enough to be read in full. */
export function count(cursor: Cursor): void {
  cursor.nodes += 1
  if (cursor.nodes > 5_000) throw beyond
}

/** From the beginning of a line to the next content, over blank lines and comments. */
export function toContent(cursor: Cursor): void {
  const { text } = cursor
  for (;;) {
    const start = cursor.at
    skipSpaces(cursor)
    const char = text.charCodeAt(cursor.at)
    if (char === code.hash) cursor.at = text.indexOf('\n', cursor.at) + 1
    else if (char === code.newline) cursor.at += 1
    else {
      cursor.indent = cursor.at === text.length ? -1 : cursor.at - start
      return
    }
  }
}

/** From behind a value over the rest of its line, which may hold a comment, to the next content. */
export function endLine(cursor: Cursor): void {
  const end = cursor.at
  skipSpaces(cursor)
  const char = peek(cursor)
  const ends = char === code.newline || (char === code.hash && cursor.at > end)
  if (!ends) throw beyond
  cursor.at = cursor.text.indexOf('\n', cursor.at) + 1
  toContent(cursor)
}
