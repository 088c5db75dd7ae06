import { pathProblem } from '../adapters/path-guard.ts'
import type { Registry } from '../adapters/registry.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { indexRecords, type RecordIndex, type Rulebook } from '../core/facts.ts'
import { isData, type RecordDoc, textAt } from '../core/record.ts'
import { classify } from '../core/record-file.ts'
import { recordsFolder } from '../core/record-path.ts'
import type { Series } from '../core/series.ts'
import type { TreeFile } from '../core/tree.ts'
import { readMeasurements } from './measurements.ts'
import { plainReader, type TreeReader } from './tree-reader.ts'

/** A tree of records that has been read: what fits its schema, and what is wrong with the rest. */
export interface Snapshot {
  readonly rulebook: Rulebook
  readonly records: RecordIndex
  /** What was found before any rule could look: unsafe files, bad YAML, wrong shapes. */
  readonly diagnostics: readonly Diagnostic[]
  /** `<type>/<id>` of files that are there but could not be read as records. */
  readonly unreadable: ReadonlySet<string>
  /** The values of measurements, by id; those that could not be read are among the diagnostics. */
  readonly series: ReadonlyMap<string, Series>
  readonly files: ReadonlyMap<string, TreeFile>
  /** How many files count as records, readable or not. */
  readonly count: number
}

/** Reads a tree. By default its own schemas and configuration judge it; a gate hands in those of the base. */
export function load(
  tree: readonly TreeFile[],
  registry: Registry = plainReader.registry(tree),
  reader: TreeReader = plainReader,
): Snapshot {
  const records: RecordDoc[] = []
  const diagnostics: Diagnostic[] = []
  const unreadable = new Set<string>()
  let count = 0
  for (const file of tree) {
    if (file.path !== recordsFolder && !file.path.startsWith(`${recordsFolder}/`)) continue
    const found = read(file, registry, reader)
    diagnostics.push(...found.diagnostics)
    if (found.key === undefined) continue
    count += 1
    if (found.record) records.push(found.record)
    else unreadable.add(found.key)
  }
  const files = new Map(tree.map((file) => [file.path, file]))
  const measured = readMeasurements(records, files, reader)
  return {
    rulebook: registry.rulebook,
    records: indexRecords(measured.records),
    diagnostics: [...diagnostics, ...measured.diagnostics],
    unreadable,
    series: measured.series,
    files,
    count,
  }
}

interface Read {
  readonly diagnostics: readonly Diagnostic[]
  /** Absent where the file is no record at all. */
  readonly key?: string
  readonly record?: RecordDoc
}

function read(file: TreeFile, registry: Registry, reader: TreeReader): Read {
  const unsafe = pathProblem(file.path)
  if (unsafe !== undefined) return { diagnostics: [unsafePath(file.path, unsafe)] }
  const kind = classify(file, registry.rulebook)
  if (!kind) return { diagnostics: [] }
  if ('rule' in kind) return { diagnostics: [kind] }
  const { type, basename } = kind
  const key = `${type}/${basename}`
  const { data, diagnostics } = reader.yaml(file)
  if (data === undefined) return { key, diagnostics }
  const found = [...diagnostics, ...registry.schemaDiagnostics(type, file.path, data)]
  if (!isData(data) || found.some(({ severity }) => severity === 'error')) return { key, diagnostics: found }
  return { key, diagnostics: found, record: { type, id: textAt(data, 'id') ?? basename, file: file.path, data } }
}

function unsafePath(file: string, problem: string): Diagnostic {
  return {
    rule: 'path-unsafe',
    severity: 'error',
    message: `This path cannot be trusted: ${problem}`,
    place: { file, route: [] },
    hint: 'Rename the file: letters, digits, dots, dashes and underscores are safe',
    refused: true,
  }
}
