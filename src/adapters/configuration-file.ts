import { Fault } from '../core/fault.ts'
import { fragment } from '../core/fragment.ts'
import { nearest } from '../core/nearest.ts'
import type { Span } from '../core/place.ts'
import { type Data, isData } from '../core/record.ts'
import { largestFile, type TreeFile } from '../core/tree.ts'
import type { Schemas } from './schema.ts'
import { locate } from './yaml/locate.ts'
import { readYaml } from './yaml/read.ts'

/**
 * The data of a YAML file of the configuration. A `Fault` unless it fits the meta-schema that the tree itself holds.
 */
export function configurationIn(file: TreeFile, meta: string, schemas: Schemas): Data {
  if (!schemas.has(meta)) {
    throw new Fault(`${meta} is missing, which ${file.path} must fit`, {
      cure: 'Restore it from the history, or from a repository made by `gitsm init`',
    })
  }
  const bytes = contentOf(file)
  const { data, diagnostics } = readYaml(file.path, bytes)
  const [first] = diagnostics.length > 0 ? diagnostics : schemas.diagnose(meta, file.path, data)
  if (!first && isData(data)) return data
  const span = first && (first.span ?? locate(new TextDecoder().decode(bytes), [first.place])[0])
  const where = `${file.path}${lineOf(span)}`
  throw new Fault(`${where}: ${first?.message ?? 'it must be a mapping of fields'}`, {
    cure: first?.hint ?? 'Correct the file',
  })
}

function lineOf(span: Span | undefined): string {
  return span ? `:${span.line}:${span.column}` : ''
}

/** The content of a JSON file, which must be an object. */
export function jsonIn(file: TreeFile): Data {
  try {
    const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(contentOf(file)))
    if (isData(data) && isShallow(data)) return data
    if (isData(data)) throw new RangeError(`it nests deeper than ${deepest} levels`)
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    const why = cause instanceof Error ? fragment(cause.message) : 'it cannot be read'
    throw new Fault(`${fragment(file.path)} is not JSON: ${why}`, { cure: 'Correct the file', cause })
  }
  throw new Fault(`${fragment(file.path)} must be a JSON object`, { cure: 'Begin it with { and end it with }' })
}

/** How deep a JSON file may nest: deep enough for schemas, shallow enough for whatever walks them. */
const deepest = 100

function isShallow(root: unknown): boolean {
  let level: readonly unknown[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
  return true
}

function contentOf(file: TreeFile): Uint8Array {
  if (file.bytes) return file.bytes
  const what = file.mode === 'file' ? `larger than ${largestFile} bytes` : `a ${file.mode}, which is not followed`
  throw new Fault(`${fragment(file.path)} is ${what}`, { cure: 'Replace it by an ordinary file within the limit' })
}
/** A `Fault` for a name in the configuration that nothing bears. */
export function unknownName(file: string, what: string, name: string, known: readonly string[]): Fault {
  const guess = nearest(name, known)
  return new Fault(`${file} names ${what} ${fragment(name)}, which does not exist`, {
    cure: guess ? `Did you mean ${guess}?` : `Known: ${known.join(', ')}`,
  })
}
