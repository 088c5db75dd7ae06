import { recordPath } from '../record-path.ts'
import type { OperationRequest } from './request.ts'

/** A file that a commit changed. */
interface ChangedFile {
  readonly path: string
  readonly isNew: boolean
}

/**
 * The record by which a commit can have carried out a request: one that it opened of the type asked for, or the one
 * that was to be moved or noted on. `undefined` where it did something else, whatever its message says.
 */
export function carriedOutOn(request: OperationRequest, files: readonly ChangedFile[]): string | undefined {
  const records = files.map(({ path, isNew }) => ({ isNew, record: recordPath(path) }))
  if (records.some(({ record }) => record === undefined)) return undefined
  const found = records.find(({ isNew, record }) =>
    request.kind === 'new'
      ? isNew && record?.type === request.type
      : !isNew && [record?.basename, `${record?.type}/${record?.basename}`].includes(request.id),
  )
  return found?.record?.basename
}
