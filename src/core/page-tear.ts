/** Lines that belong together, and what a piece that begins with them has to say first and the one before last. */
interface Unit {
  readonly lines: readonly string[]
  /** The details that it is folded in, opened again, and the head of the table that it is a row of. */
  readonly resumed: readonly string[]
  readonly closed: readonly string[]
}

/**
 * Tears a text of Markdown into pieces of at most so many bytes: between paragraphs, before items of a list, and before
 * rows of a table, whose head is said again; folded details are closed and opened again. Code stays whole, and so does a
 * single row or item that is larger.
 */
export function torn(text: string, limit: number): readonly string[] {
  const pieces: string[][] = []
  let size = 0
  for (const { lines, resumed, closed } of unitsOf(text.split('\n'))) {
    const [last, own] = [pieces.at(-1), sizeOf(lines)]
    if (last && size + own <= limit) {
      last.push(...lines)
      size += own
    } else {
      last?.push(...closed)
      pieces.push(last ? [...resumed, ...lines] : [...lines])
      size = own + sizeOf(resumed)
    }
  }
  return pieces.map((lines) => lines.join('\n'))
}

function unitsOf(lines: readonly string[]): readonly Unit[] {
  const units: { readonly lines: string[]; readonly resumed: readonly string[]; readonly closed: readonly string[] }[] =
    []
  let [fence, head]: [string, readonly string[]] = ['', []]
  const folds: string[] = []
  for (const [index, line] of lines.entries()) {
    const [before = '', after = ''] = [lines[index - 1], lines[index + 1]]
    const isRow = fence === '' && line.startsWith('|')
    if (!isRow) head = []
    else if (isSeparator(after) && !before.startsWith('|')) head = [line, after]
    const isFirstRow = isRow && (head[0] === line || isSeparator(line))
    const isItem = /^(?:[-*] |\d+\. )/.test(line)
    const isParagraph = before === '' && line !== '' && !isRow
    const opens = isRow ? !isFirstRow || (head[0] === line && before === '') : isItem || isParagraph
    if (index === 0 || (fence === '' && opens && line !== '</details>')) {
      const resumed = [...folds.flatMap(openedAgain), ...(isFirstRow ? [] : head)]
      units.push({ lines: [], resumed, closed: folds.flatMap(() => ['', '</details>']) })
    }
    units.at(-1)?.lines.push(line)
    const [mark] = /^(?:`{3,}|~{3,})/.exec(line) ?? []
    if (fence === '' && mark !== undefined) fence = mark
    else if (fence !== '' && mark?.startsWith(fence) === true && line.trim() === mark) fence = ''
    else if (fence === '' && line === '<details>') folds.push(after)
    else if (fence === '' && line === '</details>') folds.pop()
  }
  return units
}

/** The line below the head of a table. */
function isSeparator(line: string): boolean {
  return /^\|(?: *:?-+:? *\|)+$/.test(line)
}

function openedAgain(summary: string): readonly string[] {
  return ['<details>', summary.replace(/<\/summary>$/, ' (continued)</summary>'), '']
}

function sizeOf(lines: readonly string[]): number {
  return new TextEncoder().encode(lines.join('\n')).length + 1
}
