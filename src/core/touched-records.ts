import type { FileContent } from './file-content.ts'
import { textAt } from './record.ts'
import { recordPath } from './record-path.ts'

/** What one mainline commit made of one file: its content, gone (`null`), or why it cannot be read. */
export interface FileRevision {
  readonly path: string
  readonly content: FileContent | { readonly reason: string } | null
}

/** What one mainline commit made of one record. */
export interface RecordTouch {
  readonly type: string
  readonly id: string
  readonly file: string
  readonly change:
    | { readonly kind: 'written'; readonly content: FileContent }
    | { readonly kind: 'removed' }
    | { readonly kind: 'unreadable'; readonly reason: string }
}

/**
 * What a commit made of records, from what it made of files. `held` tells the id that each file holds before it, by path,
 * and is brought up to date.
 *
 * A record is its `id`, not its path: removed and added with one id in one commit is a move, and a file whose id changes
 * ends one record and goes on as another. A version that cannot be read belongs to the record that the file held.
 */
export function touchedRecords(held: Map<string, string>, files: readonly FileRevision[]): readonly RecordTouch[] {
  const touches: RecordTouch[] = []
  const left: RecordTouch[] = []
  const leave = (type: string, id: string, file: string): void => {
    left.push({ type, id, file, change: { kind: 'removed' } })
  }
  for (const { path: file, content } of files) {
    const path = recordPath(file)
    if (!path) continue
    const { type, basename } = path
    const before = held.get(file)
    if (content === null) {
      if (before !== undefined) leave(type, before, file)
      held.delete(file)
      continue
    }
    const isReadable = 'data' in content
    const isEdited = !isReadable || content.edit !== undefined
    const id = isEdited ? (before ?? basename) : (textAt(content.data, 'id') ?? basename)
    if (before !== undefined && before !== id) leave(type, before, file)
    if (before !== id) held.set(file, id)
    const change = isReadable
      ? ({ kind: 'written', content } as const)
      : ({ kind: 'unreadable', reason: content.reason } as const)
    touches.push({ type, id, file, change })
  }
  if (left.length === 0) return touches
  const present = new Set(touches.map(({ type, id }) => `${type}/${id}`))
  return [...touches, ...left.filter(({ type, id }) => !present.has(`${type}/${id}`))]
}
