import type { Extent } from './extent.ts'

/** Where the line of an offset begins. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
}

/** Where the line of an offset ends, before its LF or CRLF. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  if (end === -1) return text.length
  return end > at && text[end - 1] === '\r' ? end - 1 : end
}

/** Where the line after that of an offset begins; the end of the text after the last. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

/** How lines end around an offset: as its own line does, or for the last line without an end as the one before. */
export function lineBreak(text: string, at: number): '\n' | '\r\n' {
  const own = text.indexOf('\n', at)
  const end = own === -1 ? text.lastIndexOf('\n') : own
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n'
}

/** How far an offset stands from the beginning of its line. */
export function column(text: string, at: number): number {
  return at - lineStart(text, at)
}

/** The end of the last line of an entry that begins in a column: comment lines indented further belong to it. */
export function entryEnd(text: string, end: number, indent: number): number {
  let last = lineEnd(text, end)
  for (let at = nextLine(text, last); at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at))
    const content = line.search(/[^ \t]/)
    if (content === -1) continue
    if (line[content] !== '#' || content <= indent) break
    last = at + line.length
  }
  return last
}

/** The end of the last line of a block collection, with the comment lines that stand in its column or further right. */
export function collectionEnd(text: string, end: number, indent: number): number {
  return entryEnd(text, end, Math.max(indent - 1, 0))
}

/** Lines moved right; empty ones stay empty. */
export function indented(lines: readonly string[], by: number): readonly string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line))
}

/** A text with one part replaced. */
export function spliced(text: string, [from, to]: Extent, replacement: string): string {
  return text.slice(0, from) + replacement + text.slice(to)
}

/** A text with lines put in after the line that ends at an offset, ended as that line is. */
export function withLines(text: string, at: number, lines: readonly string[]): string {
  const end = lineBreak(text, at)
  return spliced(text, [at, at], lines.map((line) => end + line).join(''))
}
