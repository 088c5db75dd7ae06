import { readFileSync, statSync } from 'node:fs'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { diskFault, errorCode } from './disk-fault.ts'

/** One line of a file of JSON values: where it stands, and what it says, or why it says nothing. */
export type JsonLine =
  | { readonly line: number; readonly value: unknown; readonly problem?: never }
  | { readonly line: number; readonly problem: string; readonly value?: never }

const largestFile = 256 * 1024 * 1024
const longestLine = 64 * 1024

/**
 * The lines of a file that holds one JSON value a line (NDJSON); blank ones are left out. A line that is no JSON, or
 * too long, is told with its problem. A `Fault` when there is no such file, or it is too large or no text.
 */
export function jsonLines(path: string): readonly JsonLine[] {
  return textOf(path)
    .split('\n')
    .flatMap((text, index): readonly JsonLine[] => {
      const line = index + 1
      if (text.trim() === '') return []
      if (text.length > longestLine) return [{ line, problem: `it is longer than ${longestLine} characters` }]
      try {
        const value: unknown = JSON.parse(text)
        return [{ line, value }]
      } catch {
        return [{ line, problem: 'it is no JSON' }]
      }
    })
}

function textOf(path: string): string {
  try {
    if (statSync(path).size <= largestFile) return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (cause) {
    const code = errorCode(cause)
    if (code === 'ENOENT')
      throw new Fault(`There is no file ${path}`, { cure: 'Give a file with one JSON object a line', cause })
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new Fault(`${path} is not UTF-8`, { cure: 'Write it as UTF-8', code: exit.refused, cause })
    }
    throw diskFault(path, 'read', cause)
  }
  throw new Fault(`${path} is larger than ${largestFile} bytes`, { cure: 'Split it', code: exit.refused })
}
