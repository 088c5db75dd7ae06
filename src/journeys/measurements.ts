import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Diagnostic } from '../core/diagnostic.ts'
import { fragment } from '../core/fragment.ts'
import { type RecordDoc, textAt } from '../core/record.ts'
import type { Series } from '../core/series.ts'
import type { TreeFile } from '../core/tree.ts'
import type { TreeReader } from './tree-reader.ts'

/** Records with the series of the measurements among them. */
export interface Measurements {
  /** As given; a measurement says what tells its values from others, so that new values count as an edit of it. */
  readonly records: readonly RecordDoc[]
  readonly series: ReadonlyMap<string, Series>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the CSV files that measurements name, from the folder of each. */
export function readMeasurements(
  records: readonly RecordDoc[],
  files: ReadonlyMap<string, TreeFile>,
  reader: TreeReader,
): Measurements {
  const series = new Map<string, Series>()
  const diagnostics: Diagnostic[] = []
  const withData = records.map((record): RecordDoc => {
    const name = record.type === 'measurement' ? textAt(record.data, 'file') : undefined
    if (name === undefined) return record
    const file = files.get(posix.join(posix.dirname(record.file), name))
    if (!file) {
      diagnostics.push(missing(record, name))
      return record
    }
    const read = reader.series(file)
    diagnostics.push(...read.diagnostics)
    if (read.series) series.set(record.id, read.series)
    return file.bytes ? { ...record, beside: createHash('sha256').update(file.bytes).digest('hex') } : record
  })
  return { records: withData, series, diagnostics }
}

function missing({ file }: RecordDoc, name: string): Diagnostic {
  return {
    rule: 'series-valid',
    severity: 'error',
    message: `There is no file ${fragment(name)} beside this measurement`,
    place: { file, route: ['file'] },
    hint: `Add ${posix.join(posix.dirname(file), fragment(name))}, with a first line at,value`,
  }
}
