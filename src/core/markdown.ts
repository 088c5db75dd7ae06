/**
 * Text from records as parts of a Markdown page. Whatever the text says, it stays text: it opens no heading, row, link,
 * image, HTML, code or formula, and names nobody. Safe at the start of a line and inside a table cell alike.
 *
 * What a parser of Markdown reads is escaped. What GitHub looks for after parsing, in the finished text (mentions,
 * `#1`, bare addresses, emoji names, formulas), cannot be escaped; there an invisible character parts what must not
 * join, and `$` gives way to its full-width form.
 */
export function inlineText(text: string): string {
  return escaped(parted(oneLine(text))).replace(/^(?=[#+\-=:])|^(\d+)(?=[.)])/, '$1\\')
}

/** A cell of a table: as inline text, cut after `longest` characters; a dash where there is nothing. */
export function cellText(text: string, longest = 100): string {
  const characters = Array.from(oneLine(text))
  const kept = characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('')
  return kept === '' ? '–' : inlineText(kept)
}

/** A text in a code span, fit for a table cell: `|` shows as its full-width form. */
export function codeText(text: string): string {
  const line = oneLine(text).replaceAll('|', '｜') || '–'
  const runs = line.match(/`+/g) ?? []
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map((run) => run.length)))
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** Lines in a fenced block, as they are: nothing in them can end it. */
export function codeBlock(text: string): string {
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)))
  const lines = wellFormed(text)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => line.replace(hidden, code))
  return `${fence}text\n${lines.join('\n').trimEnd()}\n${fence}`
}

/** A link to an address that `address` has cleared. */
export function linkText(text: string, href: string): string {
  return `[${inlineText(text) || '–'}](${address(href)})`
}

/**
 * An address fit for a link: relative, or `https:` or `http:`. Anything else (`javascript:`, `data:`, `//host`) becomes
 * `#`, which leads nowhere.
 */
export function address(text: string): string {
  const line = wellFormed(text).trim()
  if (/^[/\\]{2}/.test(line) || (/^[^/?#]*:/.test(line) && !/^https?:\/\//i.test(line))) return '#'
  const safe = Array.from(line, (character) =>
    /[A-Za-z0-9\-._/?#=&;,+%:]/.test(character) ? character : percentEncoded(character),
  )
  return safe.join('').replaceAll('&', '&amp;') || '#'
}

/** The relative address that leads from one file of the repository to another. */
export function pathBetween(from: string, to: string): string {
  const folders = from.split('/').slice(0, -1)
  const target = to.split('/')
  const shared = folders.findIndex((folder, index) => folder !== target[index])
  const common = Math.min(shared === -1 ? folders.length : shared, target.length - 1)
  const steps = [...folders.slice(common).map(() => '..'), ...target.slice(common).map(encodedSegment)]
  return steps[0]?.includes(':') ? `./${steps.join('/')}` : steps.join('/')
}

/** A text inside the double quotes of an attribute of HTML. */
export function attributeText(text: string): string {
  return Array.from(oneLine(text), (character) =>
    /["'<>&`$]/.test(character) ? `&#${character.codePointAt(0)};` : character,
  ).join('')
}

/**
 * A label inside the double quotes of a Mermaid diagram: everything but plain letters, digits and a few signs is coded.
 */
export function mermaidText(text: string): string {
  const line = oneLine(text) || '–'
  return Array.from(line, (character, index) =>
    /[\p{L}\p{M}\p{N} ,_/–]/u.test(character) || (character === '-' && index > 0)
      ? character
      : `#${character.codePointAt(0)};`,
  ).join('')
}

/** Invisible, and splits what GitHub would join: U+2060 WORD JOINER. */
const joiner = '\u2060'

/** Line breaks become spaces; characters that hide or reorder text become visible codes such as `\u202e`. */
function oneLine(text: string): string {
  return wellFormed(text)
    .replace(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replace(hidden, code)
    .trim()
}

function code(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
}

const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/**
 * Parts what GitHub joins after parsing: mentions and mail addresses, `#1`, `GH-1`, addresses, emoji names, formulas. A
 * time such as `03:22:30` stays whole: no emoji has a name of two digits. The last word after a colon is parted, too: a
 * colon of the page may follow it.
 */
function parted(line: string): string {
  return line
    .replaceAll('$', '＄')
    .replace(/@/g, `@${joiner}`)
    .replace(/#(?=\d)/g, `#${joiner}`)
    .replace(/(GH-)(?=\d)/gi, `$1${joiner}`)
    .replaceAll('://', `:${joiner}//`)
    .replace(/(www)(?=\.)/gi, `$1${joiner}`)
    .replace(/(mailto|xmpp):/gi, `$1${joiner}:`)
    .replace(/(?<!\d(?=:\d\d(?![\w+-]))):(?=[\w+-]+(?::|$))/g, `:${joiner}`)
    .replace(/([{%])(?=[{%])/g, `$1${joiner}`)
}

const entities: { readonly [character: string]: string } = {
  '\\': '&#92;',
  '|': '&#124;',
  '`': '&#96;',
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
}

function escaped(line: string): string {
  return line.replace(/[\\|`<>&*_[\]~]/g, (character) => entities[character] ?? `\\${character}`)
}

/** Half of a surrogate pair is no character; it becomes U+FFFD. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

function percentEncoded(character: string): string {
  return encodeURIComponent(character).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function encodedSegment(segment: string): string {
  return Array.from(wellFormed(segment), (character) =>
    /[A-Za-z0-9\-._+,=:]/.test(character) ? character : percentEncoded(character),
  ).join('')
}
