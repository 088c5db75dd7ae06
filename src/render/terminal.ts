/** Colours for a terminal; each leaves the text alone where colours are off. */
export interface Paint {
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
  readonly blue: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
}

const esc = String.fromCharCode(27)

/** The colours of a terminal, or plain text. */
export function paint(colour: boolean): Paint {
  const sgr = (on: number, off: number) => (text: string) =>
    colour && text !== '' ? `${esc}[${on}m${text}${esc}[${off}m` : text
  return {
    red: sgr(31, 39),
    yellow: sgr(33, 39),
    green: sgr(32, 39),
    blue: sgr(34, 39),
    dim: sgr(2, 22),
    bold: sgr(1, 22),
  }
}

/**
 * Text from records made safe for a terminal: control characters, line and paragraph separators and marks that turn
 * the direction of writing are shown as `\u001b`; tabs and line feeds stay.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, (char) =>
    char === '\n' || char === '\t' ? char : `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

/** Text from records as one line: line breaks and tabs are shown like other control characters. */
export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\\u000a').replaceAll('\t', '\\u0009')
}

/** Columns aligned with two blanks between them; the last one is not padded. `right` names columns to align right. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, width(cell))
  }
  return rows
    .map((row) =>
      row
        .map((cell, at) => {
          const gap = ' '.repeat((widths[at] ?? 0) - width(cell))
          return right.includes(at) ? gap + cell : at === row.length - 1 ? cell : cell + gap
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Lines cut at a number of columns, with an ellipsis where something is left out. Lines with colours end in none. */
export function clipped(text: string, columnsThere: number | undefined): string {
  if (columnsThere === undefined) return text
  const sequence = new RegExp(`${esc}\\[\\d+m`, 'g')
  return text
    .split('\n')
    .map((line) => {
      if (width(line) <= columnsThere) return line
      let room = columnsThere - 1
      let kept = ''
      for (const part of line.split(new RegExp(`(${esc}\\[\\d+m)`))) {
        if (sequence.test(part)) kept += part
        else {
          const shown = [...part].slice(0, Math.max(0, room))
          room -= shown.length
          kept += shown.join('')
        }
        sequence.lastIndex = 0
      }
      return `${kept}…`
    })
    .join('\n')
}

/** Characters that show: escape sequences of colours take no room. */
function width(text: string): number {
  return [...text.replaceAll(new RegExp(`${esc}\\[\\d+m`, 'g'), '')].length
}
