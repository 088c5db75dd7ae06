/** A part of a page that is folded until somebody opens it. The title is ours, never text from a record. */
export function details(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n\n${content}\n\n</details>`
}
