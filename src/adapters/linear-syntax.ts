/** What a part of a regular expression asks for. Texts are seen as lists of characters. */
export type Part =
  | { readonly kind: 'character'; readonly fits: (character: string) => boolean }
  | { readonly kind: 'place'; readonly holds: (characters: readonly string[], at: number) => boolean }
  | { readonly kind: 'ahead'; readonly part: Part; readonly wanted: boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly Part[] }
  | { readonly kind: 'choice'; readonly parts: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number }

/** Thrown for what the reader does not know, such as references back. Made once: it tells nothing else. */
export const unknown: RangeError = new RangeError('This is not a regular expression in the strict sense')

/**
 * Reads a regular expression that is valid under the flag `u`. Classes and escapes are left to the engine of the
 * language, one character at a time.
 */
export function syntaxOf(source: string): Part {
  let at = 0
  const take = (expected: RegExp): RegExpExecArray | undefined => {
    const found = new RegExp(expected.source, 'uy')
    found.lastIndex = at
    const match = found.exec(source)
    if (match) at += match[0].length
    return match ?? undefined
  }

  function choice(): Part {
    const parts = [sequence()]
    while (take(/\|/)) parts.push(sequence())
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts }
  }

  function sequence(): Part {
    const parts: Part[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(repeated(atom()))
    return { kind: 'sequence', parts }
  }

  function repeated(part: Part): Part {
    const found = take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/)
    if (!found) return part
    const [, sign, least = '', comma, most = ''] = found
    const endless = Number.POSITIVE_INFINITY
    if (sign === '*') return { kind: 'repeat', part, least: 0, most: endless }
    if (sign === '+') return { kind: 'repeat', part, least: 1, most: endless }
    if (sign === '?') return { kind: 'repeat', part, least: 0, most: 1 }
    const upTo = comma === '' ? Number(least) : most === '' ? endless : Number(most)
    return { kind: 'repeat', part, least: Number(least), most: upTo }
  }

  function atom(): Part {
    if (take(/\^/)) return { kind: 'place', holds: (_, place) => place === 0 }
    if (take(/\$/)) return { kind: 'place', holds: ({ length }, place) => place === length }
    if (take(/\\b/)) return { kind: 'place', holds: isEdge }
    const group = take(/\((\?[:=!])?/)
    if (group) {
      if (source[at] === '?') throw unknown
      const part = choice()
      take(/\)/)
      const [, sign] = group
      return sign === '?=' || sign === '?!' ? { kind: 'ahead', part, wanted: sign === '?=' } : part
    }
    // V8 finds `\B` also between the halves of a character, where no place is.
    if (/^\\(?:[1-9kB]|u[dD][89a-fA-F])/.test(source.slice(at))) throw unknown
    const found = take(
      /\[(?:[^\]\\]|\\.)*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\.|\.|[^\\]/s,
    )
    if (!found) throw unknown
    const [written] = found
    if (/^[^[\\.]$/su.test(written)) return { kind: 'character', fits: (character) => character === written }
    const one = new RegExp(`^${written}$`, 'u')
    return { kind: 'character', fits: (character) => one.test(character) }
  }

  return choice()
}

function isEdge(characters: readonly string[], at: number): boolean {
  return /^\w$/.test(characters[at - 1] ?? '') !== /^\w$/.test(characters[at] ?? '')
}
