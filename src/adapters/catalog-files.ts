import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare } from '../core/diagnostic.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { diskFault, errorCode } from './disk-fault.ts'

/** A document of a catalogue file: its file, the line that it begins on, and its text. */
export interface CatalogDocument {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** Folders that hold no catalogue of their own. */
const passedOver: ReadonlySet<string> = new Set(['.git', 'node_modules'])
const mostFiles = 50_000
const largest = 1024 * 1024

/**
 * The YAML documents of all `catalog-info.yaml` files below a folder, in the order of their paths. Symbolic links are
 * not followed. A `Fault` where there is none, and (exit code 3) where there are too many or one is too large to be a
 * catalogue.
 */
export function catalogDocuments(folder: string): readonly CatalogDocument[] {
  const files = [...filesBelow(folder, '')].sort(compare)
  if (files.length === 0) {
    throw new Fault(`${folder} holds no catalog-info.yaml`, {
      cure: 'Name the folder that your repositories are cloned into',
    })
  }
  if (files.length > mostFiles) {
    throw new Fault(`${folder} holds more than ${mostFiles} catalogue files`, {
      cure: 'Import it in parts',
      code: exit.refused,
    })
  }
  return files.flatMap((file) => documentsOf(file, textOf(folder, file)))
}

function* filesBelow(root: string, folder: string): Iterable<string> {
  for (const entry of entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory() && !passedOver.has(entry.name)) yield* filesBelow(root, path)
    else if (entry.isFile() && /^catalog-info\.ya?ml$/.test(entry.name)) yield path
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT')
      throw new Fault(`There is no folder ${folder}`, { cure: 'Give a folder or a CSV file', cause })
    throw diskFault(folder, 'read', cause)
  }
}

function textOf(root: string, file: string): string {
  try {
    if (lstatSync(join(root, file)).size <= largest) {
      return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(join(root, file)))
    }
  } catch (cause) {
    if (errorCode(cause) === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new Fault(`${file} is not UTF-8`, { cure: 'Convert it to UTF-8', code: exit.refused, cause })
    }
    throw diskFault(file, 'read', cause)
  }
  throw new Fault(`${file} is larger than ${largest} bytes`, { cure: 'Split it, or leave it out', code: exit.refused })
}

/** The documents of a file, which lines of three dashes part; those that say nothing are left out. */
function documentsOf(file: string, text: string): readonly CatalogDocument[] {
  const documents: { line: number; lines: string[] }[] = [{ line: 1, lines: [] }]
  for (const [index, line] of text.split('\n').entries()) {
    if (/^---\s*(#.*)?$/.test(line)) documents.push({ line: index + 2, lines: [] })
    else documents.at(-1)?.lines.push(line)
  }
  return documents
    .filter(({ lines }) => lines.some((line) => /^\s*[^#\s]/.test(line)))
    .map(({ line, lines }) => ({ file, line, text: `${lines.join('\n')}\n` }))
}
