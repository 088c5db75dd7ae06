/** The hidden first line by which gitsm knows what it wrote: `<!-- gitsm:gate -->`. */
export function markerOf(key: string): string {
  return `<!-- gitsm:${key.replace(/[^A-Za-z0-9:._/-]/g, '_').replaceAll('--', '-_')} -->`
}

/** A text under its marker. */
export function marked(key: string, body: string): string {
  return `${markerOf(key)}\n${body}`
}

/** Whether a text stands under that marker. GitHub may have changed its line ends. */
export function bears(key: string, body: string | null): boolean {
  return body?.split(/\r?\n/, 1)[0] === markerOf(key)
}

/** Whether two texts are the same, but for line ends and space at the end, which GitHub may change. */
export function sameBody(one: string | null, other: string): boolean {
  return (one ?? '').replaceAll('\r\n', '\n').trimEnd() === other.replaceAll('\r\n', '\n').trimEnd()
}

/** The key of the marker that a text stands under; `undefined` where it stands under none. */
export function keyOf(body: string | null): string | undefined {
  return /^<!-- gitsm:(\S+) -->\r?(?:\n|$)/.exec(body ?? '')?.[1]
}
