import { beyond, type Cursor, code, peek } from './everyday-cursor.ts'

/** Reads the name of a field and the colon behind it. Other names than words of ASCII are left to the full reader. */
export function fieldName(cursor: Cursor): string {
  const name = nameAhead(cursor)
  if (name === undefined) throw beyond
  cursor.at += name.length + 1
  return name
}

/** The name of a field if one stands here, with its colon; nothing is read. */
export function nameAhead({ text, at }: Cursor): string | undefined {
  let end = at
  let slot = 0
  for (let char = text.charCodeAt(end); isWordPart(char, end > at); char = text.charCodeAt(end)) {
    slot = (slot * 31 + char) & slots
    end += 1
  }
  if (end === at || end - at > 100 || text.charCodeAt(end) !== code.colon) return undefined
  const after = text.charCodeAt(end + 1)
  if (after !== code.space && after !== code.newline) return undefined
  const before = met[slot]
  if (before?.length === end - at && text.startsWith(before, at)) return before
  const name = text.slice(at, end)
  if (name.length < 6 && words.has(name)) return undefined
  met[slot] = name
  return name
}

/** The last name met in each slot: records share theirs, and making a text anew costs more than comparing it. */
const slots = 1023
const met: (string | undefined)[] = Array.from({ length: slots + 1 })

/** ASCII letters and `_`; behind the first character also digits, `-`, `.` and `/`. */
function isWordPart(char: number, behindFirst: boolean): boolean {
  return (
    (char >= 97 && char <= 122) ||
    (char >= 65 && char <= 90) ||
    char === 95 ||
    (behindFirst && char >= code.dash && char <= 57)
  )
}

/** Reads a text in quotes on one line, without escapes. */
export function quoted(cursor: Cursor): string {
  const { text, at } = cursor
  const quote = text.charCodeAt(at)
  for (let end = at + 1; ; end += 1) {
    const char = text.charCodeAt(end)
    if (char === quote) {
      if (text.charCodeAt(end + 1) === quote) throw beyond
      cursor.at = end + 1
      return text.slice(at + 1, end)
    }
    if (char === code.newline || char === code.backslash) throw beyond
  }
}

/** Reads a value without quotes up to the end of its line, or in brackets up to the end of the item. */
export function unquoted(cursor: Cursor, inBrackets: boolean): unknown {
  const { text, at } = cursor
  if (!canBegin(peek(cursor), peek(cursor, 1))) throw beyond
  let end = at
  for (let before = 0; ; end += 1) {
    const char = text.charCodeAt(end)
    if (char === code.newline) {
      if (inBrackets) throw beyond
      break
    }
    if (char === code.colon) {
      const after = text.charCodeAt(end + 1)
      if (after === code.space || after === code.newline || (inBrackets && isFlowSign(after))) throw beyond
    } else if (char === code.hash && before === code.space) {
      if (inBrackets) throw beyond
      break
    } else if (inBrackets && isFlowSign(char)) break
    before = char
  }
  while (text.charCodeAt(end - 1) === code.space) end -= 1
  cursor.at = end
  return resolved(text.slice(at, end))
}

/** Letters, digits, `_ / ( $ < = ~`, a dash before a digit, and whatever is not ASCII. */
function canBegin(char: number, next: number): boolean {
  if (char === code.dash) return next >= 48 && next <= 57
  return (
    (char >= 97 && char <= 122) ||
    (char >= 65 && char <= 90) ||
    (char >= 47 && char <= 57) ||
    (char >= 60 && char <= 61) ||
    char === 95 ||
    char === 40 ||
    char === 36 ||
    char === 126 ||
    char >= 128
  )
}

function isFlowSign(char: number): boolean {
  return (
    char === code.comma ||
    char === code.openBracket ||
    char === code.closeBracket ||
    char === code.openBrace ||
    char === code.closeBrace
  )
}

/** What the core schema makes of words. */
const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
])

/** Numbers that are kept exactly as they are written, but for zeros behind the point. */
const exact = /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/

/** What else the core schema reads as a number, and a little more. */
const numeric = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|-?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)$/

function resolved(source: string): unknown {
  const first = source.charCodeAt(0)
  if (first > 57) {
    if (source.length > 5) return source
    const word = words.get(source)
    return word === undefined ? source : word
  }
  if ((first < 48 || first > 57) && first !== code.dash) return source
  if (exact.test(source)) {
    const number = Number(source)
    if (Object.is(number, -0)) throw beyond
    return number
  }
  if (numeric.test(source)) throw beyond
  return source
}
