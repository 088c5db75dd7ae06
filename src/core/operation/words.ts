/** The words of a line as somebody typed it, or what is wrong with it. */
export type Words = { readonly words: readonly string[] } | { readonly wrong: string }

/** Quotes by their opening sign; telephones and word processors turn straight ones into these. */
const quotes: { readonly [opening: string]: readonly string[] } = {
  '"': ['"'],
  "'": ["'"],
  '“': ['”', '"'],
  '„': ['“', '”', '"'],
  '‘': ['’', "'"],
  '«': ['»'],
}

/** How much one command may say. */
const longest = 8_000
const mostWords = 200

/**
 * The words of the first line of a text: blanks part them, quotes hold them together, also over several lines. There is
 * nothing else to it: no variables, no escapes but a backslash before a quote or a backslash within quotes.
 */
export function wordsOf(text: string): Words {
  if (text.length > longest) return { wrong: `It is longer than ${longest} characters` }
  const words: string[] = []
  let at = 0
  while (at < text.length) {
    const sign = text[at] ?? ''
    if (sign === '\n') break
    if (/\s/.test(sign)) {
      at += 1
      continue
    }
    const word = wordAt(text, at)
    if ('wrong' in word) return word
    words.push(word.word)
    if (words.length > mostWords) return { wrong: `It has more than ${mostWords} words` }
    at = word.end
  }
  return { words }
}

/** The word that begins somewhere, with the quotes in it taken away, and where it ends. */
function wordAt(text: string, from: number): { readonly word: string; readonly end: number } | { wrong: string } {
  let word = ''
  let at = from
  while (at < text.length && !/\s/.test(text[at] ?? '')) {
    const closing = quotes[text[at] ?? '']
    // An apostrophe within a word is none that opens a quote.
    const isInside = text[at] === "'" && /[\p{L}\p{N}]$/u.test(word)
    if (!closing || isInside) {
      word += text[at]
      at += 1
      continue
    }
    const opened = text[at] ?? ''
    at += 1
    while (at < text.length && !closing.includes(text[at] ?? '')) {
      const escaped = text[at] === '\\' && /["'\\]/.test(text[at + 1] ?? '')
      word += escaped ? text[at + 1] : text[at]
      at += escaped ? 2 : 1
    }
    if (at >= text.length) return { wrong: `The quote that ${opened} opens is not closed` }
    at += 1
  }
  return { word, end: at }
}
