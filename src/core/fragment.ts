const longest = 200
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * Text from a record or a path, made safe to stand inside a message: characters that cannot be seen or that turn the
 * direction of writing are shown as `\u001B`, and what goes beyond 200 characters is left out.
 */
export function fragment(text: string): string {
  const shown = text
    .slice(0, longest + 1)
    .replace(unseen, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown
}
