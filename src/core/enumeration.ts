/** Parts of a sentence in a row: `web-1`, `web-1 and web-2`, `web-1, web-2 and web-3`. */
export function enumeration(parts: readonly string[], word: 'and' | 'or' = 'and'): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${word} ${parts.at(-1)}`
}
