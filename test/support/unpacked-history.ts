import type { MainlineCommit, RecordHistory, Revision } from '../../src/core/history.ts'
import { type FileRevision, type RecordTouch, touchedRecords } from '../../src/core/touched-records.ts'

/** One mainline commit and the record files it touched. */
export interface CommitRevisions {
  readonly commit: MainlineCommit
  readonly files: readonly FileRevision[]
}

/** The histories of records, keyed `<type>/<id>`, with every version as it was read: what packed histories must unpack to. */
export function unpackedHistory(commits: Iterable<CommitRevisions>): ReadonlyMap<string, RecordHistory> {
  const histories = new Map<string, { type: string; id: string; revisions: Revision[] }>()
  const held = new Map<string, string>()
  for (const { commit, files } of commits) {
    for (const { type, id, file, change } of touchedRecords(held, files)) {
      const key = `${type}/${id}`
      const history = histories.get(key) ?? { type, id, revisions: [] }
      histories.set(key, history)
      history.revisions.push(revisionOf(change, commit, file))
    }
  }
  return histories
}

function revisionOf(change: RecordTouch['change'], commit: MainlineCommit, file: string): Revision {
  return change.kind === 'written'
    ? { kind: 'written', commit, file, data: change.content.data }
    : { ...change, commit, file }
}
