import { endianness } from 'node:os'

/** The name of a layout of sections with its number, and how this machine has numbers in memory. */
export function layoutName(name: string, edition: number): string {
  return `${name} ${edition} ${endianness()}`
}

/** Numbers or bytes one behind the other: before each its length in bytes, behind it what fills up eight bytes. */
export function joinSections(sections: readonly (Uint32Array | Float64Array | Uint8Array)[]): readonly Uint8Array[] {
  return sections.flatMap(({ buffer, byteOffset, byteLength }) => [
    new Uint8Array(Float64Array.of(byteLength).buffer),
    new Uint8Array(buffer, byteOffset, byteLength),
    new Uint8Array(filledUp(byteLength) - byteLength),
  ])
}

/** The sections that were joined, in the same memory. */
export function splitSections(bytes: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const [length = 0] = float64s(bytes.subarray(at, at + 8))
    found.push(bytes.subarray(at + 8, at + 8 + length))
    at += 8 + filledUp(length)
  }
  return found
}

/** A section as whole numbers of four bytes; in the same memory where it begins at a multiple of them. */
export function uint32s(section: Uint8Array): Uint32Array {
  const { buffer, byteOffset, byteLength } = inStep(section)
  return new Uint32Array(buffer, byteOffset, byteLength / 4)
}

/** A section as numbers of eight bytes. */
export function float64s(section: Uint8Array): Float64Array {
  const { buffer, byteOffset, byteLength } = inStep(section)
  return new Float64Array(buffer, byteOffset, byteLength / 8)
}

function inStep(section: Uint8Array): Uint8Array {
  return section.byteOffset % 8 === 0 ? section : Uint8Array.from(section)
}

function filledUp(length: number): number {
  return Math.ceil(length / 8) * 8
}
