/**
 * A Markdown text cut to a length, at the end of a line, with a note of what was left out. Half a code block is closed,
 * and so is half a fold-out.
 */
export function cutMarkdown(text: string, longest: number, note: string): string {
  if (text.length <= longest) return text
  const room = longest - note.length - closings
  const kept = text.slice(0, text.lastIndexOf('\n', room) + 1) || text.slice(0, room)
  const fences = kept.match(/^ {0,3}(`{3,}|~{3,})/gm) ?? []
  const fence = fences.length % 2 === 0 ? '' : `${fences.at(-1)?.trim()}\n`
  const open = count(kept, '<details') - count(kept, '</details>')
  return `${kept}${fence}${'\n</details>\n'.repeat(Math.max(0, Math.min(open, deepest)))}\n${note}`
}

/** Room for what closes a code block and as many fold-outs within each other. */
const deepest = 5
const closings = 100

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
