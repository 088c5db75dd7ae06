import { largestFile } from '../../core/tree.ts'
import type { Offence } from './offence.ts'

/** How deep mappings and lists may nest, the outermost counting as 1. */
export const deepest: number = 32

/** How many values and keys a file may hold. */
export const mostNodes: number = 10_000

/** The offence of nesting deeper than `deepest`. */
export function tooDeep(from: number, to: number): Offence {
  return {
    rule: 'yaml-depth',
    message: `Lists and mappings nest deeper than ${deepest} levels`,
    hint: 'Write the record with fewer levels.',
    from,
    to,
    refused: true,
  }
}

/** The offence of holding more than `mostNodes` values and keys. */
export function tooManyNodes(from: number, to: number): Offence {
  return {
    rule: 'yaml-nodes',
    message: `The file holds more than ${mostNodes} values and keys`,
    hint: 'Split it into several records.',
    from,
    to,
    refused: true,
  }
}

/** The offence of being larger than `largestFile`; `size` in bytes. */
export function tooLarge(size: number): Offence {
  return {
    rule: 'yaml-size',
    message: `The file has ${size} bytes, and ${largestFile} are the limit`,
    hint: 'Keep long texts and attachments elsewhere and link to them.',
    from: 0,
    to: 0,
    refused: true,
  }
}
