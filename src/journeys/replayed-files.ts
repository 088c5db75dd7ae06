import { posix } from 'node:path'
import type { ChangedFile } from '../core/approval/demand.ts'
import { isJudgingFile } from '../core/approval/judging-file.ts'
import { recordPath, recordsFolder } from '../core/record-path.ts'
import type { TreeFile } from '../core/tree.ts'
import { isInRecords, type TouchedPath } from './mainline-files.ts'
import { plainReader, type TreeReader } from './tree-reader.ts'

/** The files of a commit that are no records, but may be guarded like them; `contents` is brought up to date. */
export function changedFiles(paths: readonly TouchedPath[], contents: Map<string, string>): readonly ChangedFile[] {
  return paths.flatMap(({ path, blob, file }): readonly ChangedFile[] => {
    if (recordPath(path) || !(isInRecords(path) || isJudgingFile(path))) return []
    const [before, after] = [contents.get(path) ?? null, blob ?? file?.mode ?? null]
    if (after === null) contents.delete(path)
    else contents.set(path, after)
    return [{ path, before, after }]
  })
}

/** The touched paths below `records/`; with data, also the measurements that lie beside them. */
export function withMeasurements(
  paths: readonly TouchedPath[],
  files: ReadonlyMap<string, TreeFile>,
): readonly string[] {
  const touched = paths.map(({ path }) => path).filter(isInRecords)
  const folders = new Set(touched.filter((path) => path.startsWith(measurements)).map((path) => posix.dirname(path)))
  if (folders.size === 0) return touched
  const beside = [...files.keys()].filter((path) => path.startsWith(measurements) && folders.has(posix.dirname(path)))
  return [...new Set([...touched, ...beside])]
}

const measurements = `${recordsFolder}/measurement/`

/** Reads each file once for as long as it stands, whatever rules it is read by. */
export function rememberingReader(): TreeReader {
  const known = new WeakMap<TreeFile, ReturnType<TreeReader['yaml']>>()
  return {
    ...plainReader,
    yaml(file) {
      const before = known.get(file)
      if (before) return before
      const reading = plainReader.yaml(file)
      known.set(file, reading)
      return reading
    },
  }
}
