import { pathProblem } from '../adapters/path-guard.ts'
import type { Registry } from '../adapters/registry.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import { indexRecords, type RecordIndex, type Rulebook } from '../core/facts.ts'
import { type Data, isData, type RecordDoc, textAt } from '../core/record.ts'
import { classify } from '../core/record-file.ts'
import { recordsFolder } from '../core/record-path.ts'
import type { Series } from '../core/series.ts'
import type { TreeFile } from '../core/tree.ts'
import { readMeasurements } from './measurements.ts'
import type { SoundRecords } from './sound-records.ts'
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

/**
 * Reads a tree. By default its own schemas and configuration judge it; a gate hands in those of the base. Files that are
 * known to be sound by the same rules are read when somebody first asks what they say.
 */
export function load(
  tree: readonly TreeFile[],
  registry: Registry = plainReader.registry(tree),
  reader: TreeReader = plainReader,
  sound?: SoundRecords,
): Snapshot {
  const records: RecordDoc[] = []
  const diagnostics: Diagnostic[] = []
  const unreadable = new Set<string>()
  let count = 0
  for (const file of tree) {
    if (file.path !== recordsFolder && !file.path.startsWith(`${recordsFolder}/`)) continue
    const found = read(file, registry, reader, sound)
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

function read(file: TreeFile, registry: Registry, reader: TreeReader, sound: SoundRecords | undefined): Read {
  const unsafe = pathProblem(file.path)
  if (unsafe !== undefined) return { diagnostics: [unsafePath(file.path, unsafe)] }
  const kind = classify(file, registry.rulebook)
  if (!kind) return { diagnostics: [] }
  if ('rule' in kind) return { diagnostics: [kind] }
  const { type, basename } = kind
  const key = `${type}/${basename}`
  if (sound?.has(file)) return { key, diagnostics: [], record: lateRecord(type, basename, file, reader) }
  const { data, diagnostics } = reader.yaml(file)
  if (data === undefined) return { key, diagnostics }
  const found = [...diagnostics, ...registry.schemaDiagnostics(type, file.path, data)]
  if (!isData(data) || found.some(({ severity }) => severity === 'error')) return { key, diagnostics: found }
  const id = textAt(data, 'id') ?? basename
  if (found.length === 0 && id === basename) sound?.add(file)
  return { key, diagnostics: found, record: { type, id, file: file.path, data } }
}

/** A record whose file is known to be sound. */
function lateRecord(type: string, id: string, file: TreeFile, reader: TreeReader): RecordDoc {
  let known: Data | undefined
  return {
    ...{ type, id, file: file.path },
    get data() {
      known ??= dataOf(file, reader)
      return known
    },
  }
}

function dataOf(file: TreeFile, reader: TreeReader): Data {
  const { data } = reader.yaml(file)
  if (!isData(data)) throw new TypeError(`${file.path} was read as a record before and is none`)
  return data
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
