import { createHash } from 'node:crypto'
import { configFile } from '../adapters/config.ts'
import { type Registry, readRegistry } from '../adapters/registry.ts'
import { readSeries, type SeriesFile } from '../adapters/series-file.ts'
import { readYamlFile, type YamlReading } from '../adapters/yaml/read.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Progress } from '../core/progress.ts'
import type { TreeFile } from '../core/tree.ts'

/** Reads what the files of trees say. */
export interface TreeReader {
  yaml(file: TreeFile): YamlReading
  series(file: TreeFile): SeriesFile
  /** The rules of a tree, by its schemas and configuration; a `Fault` where they cannot be used. */
  registry(tree: readonly TreeFile[]): Registry
}

/** Reads every file for itself, for a journey that looks at one tree. */
export const plainReader: TreeReader = { yaml: readYamlFile, series: readSeries, registry: readRegistry }

/** Reads as another reader does, and tells how many files of a tree it has read; where nobody watches it is the other. */
export function tellingReader(reader: TreeReader, files: number, progress: Progress | undefined): TreeReader {
  if (!progress) return reader
  let read = 0
  return {
    ...reader,
    yaml(file) {
      read += 1
      progress('Reading the records', read, files)
      return reader.yaml(file)
    },
  }
}

/**
 * Reads what several trees share once: a file with the same content at the same path is parsed once, rules with the same
 * content are compiled once, and they judge the same file once. Trees with the same rules get one registry.
 */
export function sharingReader(): TreeReader {
  return {
    yaml: once(readYamlFile, fileKey),
    series: once(readSeries, fileKey),
    registry: once((tree) => judgingOnce(readRegistry(tree)), rulesKey),
  }
}

/** The same data come back for the same file, so that they tell what was judged before. */
function judgingOnce(registry: Registry): Registry {
  const known = new Map<unknown, { type: string; file: string; found: readonly Diagnostic[] }>()
  return {
    ...registry,
    schemaDiagnostics(type, file, data) {
      const before = known.get(data)
      if (before?.type === type && before.file === file) return before.found
      const found = registry.schemaDiagnostics(type, file, data)
      known.set(data, { type, file, found })
      return found
    },
  }
}

function once<In, Out>(read: (input: In) => Out, keyOf: (input: In) => string): (input: In) => Out {
  const known = new Map<string, { readonly out: Out }>()
  return (input) => {
    const key = keyOf(input)
    const before = known.get(key)
    if (before) return before.out
    const out = read(input)
    known.set(key, { out })
    return out
  }
}

/** Tells the rules of trees apart. */
export function rulesKey(tree: readonly TreeFile[]): string {
  return tree
    .filter(({ path }) => path === configFile || path.startsWith('schemas/'))
    .map(fileKey)
    .join('\0')
}

/** The id that git gives to the content of a file, where it names objects by SHA-1. */
function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** Tells files apart by all that reading them depends on. */
function fileKey({ path, mode, size, blob, bytes }: TreeFile): string {
  return `${path}\0${mode} ${size} ${blob ?? (bytes ? blobId(bytes) : '')}`
}
