import { compare } from './diagnostic.ts'
import type { RecordIndex } from './facts.ts'
import type { ChangeSummary } from './judgement.ts'
import { type Change, type RecordDoc, textAt } from './record.ts'
import { isSame } from './same.ts'

/** The records of a tree, and the `<type>/<id>` of files there that could not be read as records. */
export interface Side {
  readonly records: RecordIndex
  readonly unreadable: ReadonlySet<string>
}

/**
 * What becomes of each record between two trees, in order of type and id. Records are told apart by type and id, so a
 * moved file is no change. Where one side could not be read, nothing is said: its own diagnostic does.
 */
export function changesBetween(before: Side, after: Side): readonly Change[] {
  const changes: Change[] = []
  for (const record of after.records.all) {
    const old = before.records.find(record.type, record.id)
    if (old && !isUnchanged(old, record)) changes.push({ kind: 'edited', before: old, after: record })
    if (!old && !before.unreadable.has(`${record.type}/${record.id}`)) changes.push({ kind: 'added', after: record })
  }
  for (const record of before.records.all) {
    const kept = after.records.find(record.type, record.id) ?? after.unreadable.has(`${record.type}/${record.id}`)
    if (!kept) changes.push({ kind: 'removed', before: record })
  }
  return changes.toSorted((a, b) => compare(key(a), key(b)))
}

/** Whether nothing changed, neither in a record nor in the data beside it. */
function isUnchanged(before: RecordDoc, after: RecordDoc): boolean {
  return isSame(before.data, after.data) && before.beside === after.beside
}

function key(change: Change): string {
  const { type, id } = change.kind === 'removed' ? change.before : change.after
  return `${type}/${id}`
}

/** A change as output tells it. */
export function summarise(change: Change): ChangeSummary {
  const { type, id, file } = change.kind === 'removed' ? change.before : change.after
  return {
    id,
    type,
    file,
    kind: change.kind,
    from: change.kind === 'added' ? null : (textAt(change.before.data, 'state') ?? null),
    to: change.kind === 'removed' ? null : (textAt(change.after.data, 'state') ?? null),
  }
}
