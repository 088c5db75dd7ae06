/** The fonts of GitHub's pages; which of them a machine has must not matter for the layout. */
export const fonts = "-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif"

/** Sizes of text, in pixels. */
export const size = { title: 17, label: 13, note: 12 } as const

/** How wide a text is about, in pixels: never measured on a machine, so that it is the same on all. */
export function textWidth(text: string, pixels: number): number {
  let em = 0
  for (const character of text) em += widthOf(character)
  return em * pixels
}

function widthOf(character: string): number {
  if (/[ijl.,:;|!'’I\s]/.test(character)) return 0.3
  if (/[frt()[\]/\-–"]/.test(character)) return 0.38
  if (/[mwMW@%…]/.test(character)) return 0.9
  if (/[A-Z&]/.test(character)) return 0.7
  if (/[\u0300-\u036f]/.test(character)) return 0
  return (character.codePointAt(0) ?? 0) < 0x1100 ? 0.6 : 1
}

/** A text that fits into a width: cut with an ellipsis where it is longer. */
export function fitted(text: string, width: number, pixels: number = size.label): string {
  const line = plain(text)
  if (textWidth(line, pixels) <= width) return line
  const characters = Array.from(line)
  let kept = characters.length
  while (kept > 1 && textWidth(`${characters.slice(0, kept).join('')}…`, pixels) > width) kept--
  return `${characters.slice(0, kept).join('').trimEnd()}…`
}

/** A text in lines that fit into a width, broken between words; what goes beyond the last line is cut. */
export function wrapped(text: string, width: number, pixels: number, most: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of plain(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || textWidth(longer, pixels) <= width) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  lines.push(line)
  const kept = lines.slice(0, most - 1)
  return [...kept, fitted(lines.slice(most - 1).join(' '), width, pixels)].filter((each) => each !== '')
}

/** A text on one line, without characters that XML has no place for or that hide or reorder what is read. */
export function plain(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\ufffe\uffff]/gu, '\ufffd')
    .trim()
}

const thousand = 1000

/** A figure as a label of a chart says it: three digits that count, thousands apart, millions in words. */
export function figureText(value: number): string {
  const size = Math.abs(value)
  if (size >= thousand ** 4) return `${value < 0 ? '−' : ''}${(size / thousand ** 4).toPrecision(3)} trillion`
  if (size >= thousand ** 3) return `${signed(value / thousand ** 3, 1)} billion`
  if (size >= thousand ** 2) return `${signed(value / thousand ** 2, 1)} million`
  return signed(value, size >= 100 ? 0 : size >= 10 ? 1 : 2)
}

function signed(value: number, decimals: number): string {
  const rounded = Number(value.toFixed(decimals))
  const [whole = '', part] = String(Math.abs(rounded)).split('.')
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${rounded < 0 ? '−' : ''}${apart}${part === undefined ? '' : `.${part}`}`
}

/** A figure with its unit where that belongs to every figure: `%`, and what begins with it. */
export function withUnit(value: number, unit: string): string {
  return unit.startsWith('%') ? `${figureText(value)} %` : figureText(value)
}
