import { isAscii, isUtf8 } from 'node:buffer'
import { fragment } from '../../core/fragment.ts'
import type { Offence } from './offence.ts'

/** Bytes as text, or what is wrong with them; then `text` holds what came before. */
export interface Decoded {
  readonly text: string
  readonly offence?: Offence
}

/** Reads UTF-8 without a byte order mark. Nothing is ever replaced by U+FFFD, because that would lose data. */
export function decode(bytes: Uint8Array): Decoded {
  if (isAscii(bytes)) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    if (!controls.test(text)) return { text }
  }
  const text = decoded(bytes) ?? validStart(bytes)
  if (text.startsWith('\ufeff')) return { text, offence: byteOrderMark(0) }
  const offence = unreadable(text) ?? (decoded(bytes) === undefined ? notUtf8(bytes, text.length) : undefined)
  return offence ? { text, offence } : { text }
}

/** UTF-8 as text, empty where it is none; whether a record may hold its characters is not looked at. */
export function characters(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (isAscii(bytes)) return buffer.toString('latin1')
  return isUtf8(bytes) ? buffer.toString() : ''
}

function decoded(bytes: Uint8Array, stream = false): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream })
  } catch {
    return undefined
  }
}

/** The longest start of the bytes that is UTF-8. What comes after an invalid byte cannot mend it, so halving finds it. */
function validStart(bytes: Uint8Array): string {
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (decoded(bytes.subarray(0, middle), true) === undefined) bad = middle
    else good = middle
  }
  return decoded(bytes.subarray(0, good), true) ?? ''
}

function notUtf8(bytes: Uint8Array, at: number): Offence {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return {
    rule: 'yaml-encoding',
    message: `The file is not UTF-8${utf16 ? ' but UTF-16' : ' from here on'}`,
    hint: 'Save the file as UTF-8 without a byte order mark.',
    from: at,
    to: at + 1,
    refused: true,
  }
}

function byteOrderMark(at: number): Offence {
  return {
    rule: 'yaml-byte-order-mark',
    message: at === 0 ? 'The file begins with a byte order mark' : 'The text contains a byte order mark (U+FEFF)',
    hint: 'Save the file as UTF-8 without a byte order mark.',
    from: at,
    to: at + 1,
    refused: true,
  }
}

/** What of `neverWritten` is ASCII, where each is found many times faster; CRLF too, which is looked at again. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const controls = /[\0-\x08\x0b-\x1f\x7f]/

/** Characters that need no second look. */
const everyday = /^[\t\n\x20-\x7e]*$/

/** Whether a record may hold all characters of a text in which CR does not occur. */
export function isReadable(text: string): boolean {
  return everyday.test(text) || !unreadable(text)
}

const neverWritten = /(?![\t\n]|\r\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufeff\u202a-\u202e\u2066-\u2069]/u

/**
 * The first character of a text that a record may not hold: control characters but for tab, LF and CRLF, halves of
 * characters, byte order marks, and the controls that turn the direction of writing and so hide what a line says.
 */
export function unreadable(text: string): Offence | undefined {
  const match = neverWritten.exec(text)
  if (!match) return undefined
  const [char] = match
  if (char === '\ufeff') return byteOrderMark(match.index)
  const where = { from: match.index, to: match.index + char.length, refused: true }
  if (/[\u202a-\u202e\u2066-\u2069]/u.test(char))
    return {
      rule: 'text-bidi',
      message: `The text contains ${fragment(char)}, which changes the direction of what follows`,
      hint: 'Delete the character: it can make a line read other than what it says.',
      ...where,
    }
  if (char === '\r')
    return {
      rule: 'yaml-control-character',
      message: 'A line ends in a carriage return alone',
      hint: 'End lines in LF or CRLF.',
      ...where,
    }
  return {
    rule: 'yaml-control-character',
    message: `The text contains the control character ${fragment(char)}`,
    hint: 'Delete the character; it cannot be seen and has no place in a record.',
    ...where,
  }
}
