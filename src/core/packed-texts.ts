/** Many texts as one run of UTF-8, and where each ends in it. */
export interface PackedTexts {
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
}

const block = 4096

/** Packs texts behind those that are packed already. Halves of characters do not survive it. */
export function packTexts(texts: readonly string[], before?: PackedTexts): PackedTexts {
  const encoder = new TextEncoder()
  const ends = new Uint32Array((before?.ends.length ?? 0) + texts.length)
  ends.set(before?.ends ?? [])
  const parts = before ? [before.bytes] : []
  let [next, end] = [before?.ends.length ?? 0, before?.bytes.length ?? 0]
  for (let at = 0; at < texts.length; at += block) {
    const some = texts.slice(at, at + block)
    const whole = some.join('')
    const bytes = encoder.encode(whole)
    parts.push(bytes)
    const isAscii = bytes.length === whole.length
    for (const text of some) {
      end += isAscii ? text.length : encoder.encode(text).length
      ends[next++] = end
    }
  }
  return { bytes: joined(parts), ends }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of a number. */
export function unpackText({ bytes, ends }: PackedTexts, number: number): string {
  const [from, until] = [number === 0 ? 0 : (ends[number - 1] ?? 0), ends[number] ?? 0]
  if (until - from > short) return decoder.decode(bytes.subarray(from, until))
  let text = ''
  for (let at = from; at < until; at++) {
    const byte = bytes[at] ?? 0
    if (byte > 127) return decoder.decode(bytes.subarray(from, until))
    text += String.fromCharCode(byte)
  }
  return text
}

/** Up to this length a text of ASCII is put together faster than the decoder starts. */
const short = 24

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  if (only && parts.length === 1) return only
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
