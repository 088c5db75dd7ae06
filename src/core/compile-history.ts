import type { MainlineCommit, RecordHistory, Revision } from './history.ts'
import { textAt } from './record.ts'
import { recordPath } from './record-path.ts'

/** What one mainline commit made of one file: its content, gone (`null`), or why it cannot be read. */
export interface FileRevision {
  readonly path: string
  readonly content: { readonly data: Readonly<Record<string, unknown>> } | { readonly reason: string } | null
}

/** One mainline commit and the record files it touched. */
export interface CommitRevisions {
  readonly commit: MainlineCommit
  readonly files: readonly FileRevision[]
}

/**
 * Folds what commits did to files into the histories of records, keyed `<type>/<id>`.
 *
 * A record is its `id`, not its path: removed and added with one id in one commit is a move, and a file whose id changes
 * ends one record and goes on as another. A version that cannot be read belongs to the record that the file held.
 */
export function compileHistory(commits: Iterable<CommitRevisions>): ReadonlyMap<string, RecordHistory> {
  const histories = new Map<string, { type: string; id: string; revisions: Revision[] }>()
  const held = new Map<string, string>()

  const add = (type: string, id: string, revision: Revision): void => {
    const key = `${type}/${id}`
    const history = histories.get(key)
    if (history) history.revisions.push(revision)
    else histories.set(key, { type, id, revisions: [revision] })
  }

  for (const { commit, files } of commits) {
    const left: { type: string; id: string; file: string }[] = []
    const present = new Set<string>()
    for (const { path: file, content } of files) {
      const path = recordPath(file)
      if (!path) continue
      const { type, basename } = path
      const before = held.get(file)
      if (content === null) {
        if (before !== undefined) left.push({ type, id: before, file })
        held.delete(file)
      } else if ('reason' in content) {
        const id = before ?? basename
        held.set(file, id)
        present.add(`${type}/${id}`)
        add(type, id, { kind: 'unreadable', commit, file, reason: content.reason })
      } else {
        const id = textAt(content.data, 'id') ?? basename
        if (before !== undefined && before !== id) left.push({ type, id: before, file })
        held.set(file, id)
        present.add(`${type}/${id}`)
        add(type, id, { kind: 'written', commit, file, data: content.data })
      }
    }
    for (const { type, id, file } of left) {
      if (!present.has(`${type}/${id}`)) add(type, id, { kind: 'removed', commit, file })
    }
  }
  return histories
}
