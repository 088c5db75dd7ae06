import { LineCounter } from 'yaml'
import type { Span } from '../../core/place.ts'

/** The lines of one text. */
export interface Lines {
  /** Where two offsets stand, the end exclusive. Offsets beyond the text count as its end. */
  span(from: number, to: number): Span
}

/** Counts the lines of a text, which end in LF or CRLF. */
export function linesOf(text: string): Lines {
  const counter = new LineCounter()
  counter.addNewLine(0)
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) counter.addNewLine(end + 1)
  return {
    span(from, to) {
      const [start, end] = [counter.linePos(Math.min(from, text.length)), counter.linePos(Math.min(to, text.length))]
      return { line: start.line, column: start.col, endLine: end.line, endColumn: end.col }
    },
  }
}
