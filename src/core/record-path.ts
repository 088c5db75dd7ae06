/** The folder that records live in, from the root of a service repository. */
export const recordsFolder = 'records'

/** The folders and files that a service repository consists of, as far as records are judged by them. */
export const judgedPaths: readonly string[] = ['gitsm.yaml', recordsFolder, 'schemas']

/** What a path says of a record, before the file is read. */
export interface RecordPath {
  readonly type: string
  readonly basename: string
}

/**
 * Type and id as the path of a record gives them: `records/<type>/…/<id>.yaml`. `undefined` for files that are no
 * records (notes, data beside a record, anything outside a type's folder).
 */
export function recordPath(path: string): RecordPath | undefined {
  const match = /^records\/([^/]+)\/(?:.+\/)?([^/]+)\.yaml$/s.exec(path)
  return match?.[1] && match[2] ? { type: match[1], basename: match[2] } : undefined
}
