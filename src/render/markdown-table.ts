import { cellText } from '../core/markdown.ts'

/**
 * A table in Markdown; cells are texts, in which nothing is read as Markdown. `lengths` are the columns set to the
 * right.
 */
export function tableMarkdown(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  lengths: readonly number[] = [],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, at) => (lengths.includes(at) ? '---:' : '---'))
  return [line(head), line(rule), ...rows.map((row) => line(row.map((cell) => cellText(cell, 200))))].join('\n')
}
