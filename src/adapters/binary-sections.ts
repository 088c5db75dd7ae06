import { endianness } from 'node:os'

/** Numbers as lists of one type keep them. */
export type Numbers = Uint32Array | Float64Array

/** The name of a layout of sections with its number, and how this machine has numbers in memory. */
export function layoutName(name: string, edition: number): string {
  return `${name} ${edition} ${endianness()}`
}

/** Numbers or bytes one behind the other, each with its length before it: 64 bits, in bytes. */
export function joinSections(sections: readonly (Numbers | Uint8Array)[]): readonly Uint8Array[] {
  return sections.flatMap(({ buffer, byteOffset, byteLength }) => [
    new Uint8Array(Float64Array.of(byteLength).buffer),
    new Uint8Array(buffer, byteOffset, byteLength),
  ])
}

/** The sections that were joined, each in memory of its own, as lists of numbers need it. */
export function splitSections(bytes: Uint8Array): readonly ArrayBuffer[] {
  const found: ArrayBuffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const [length = 0] = new Float64Array(memory(bytes, at, 8))
    found.push(memory(bytes, at + 8, length))
    at += 8 + length
  }
  return found
}

function memory(bytes: Uint8Array, from: number, length: number): ArrayBuffer {
  const copy = new ArrayBuffer(length)
  new Uint8Array(copy).set(bytes.subarray(from, from + length))
  return copy
}
