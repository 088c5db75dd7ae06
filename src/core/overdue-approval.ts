import type { DueStep } from './due-step.ts'
import { humanInstant } from './instant.ts'
import type { PendingRatification } from './ledger/pending-ratification.ts'
import { type Data, isData, listAt, type RecordDoc, textAt } from './record.ts'

/**
 * Notes that are due: that an approval which was to follow a merge did not come in time. Each stands in the log of its
 * record once; the record stays in its state.
 */
export function overdueNotes(
  records: readonly RecordDoc[],
  pending: readonly PendingRatification[],
): readonly DueStep[] {
  return pending.flatMap(({ decision, due, isOverdue }) => {
    const record = records.find(({ type, id }) => `${type}/${id}` === decision.subject)
    const commit = decision.commits.at(-1)
    if (!isOverdue || !record || commit === undefined) return []
    const note = `The approval of commit ${commit.slice(0, 10)} was due by ${humanInstant(due)} UTC and ${notCome}`
    const isNoted = listAt(record.data, 'log').some((entry) => isData(entry) && entry['note'] === note)
    const state = textAt(record.data, 'state') ?? ''
    const because = `${decision.policy} wanted an approval by ${humanInstant(due)} UTC`
    return isNoted ? [] : [{ record, from: state, to: state, because, note, sets: {} }]
  })
}

/** Whether an entry of a log is such a note. */
export function isOverdueNote(entry: Data): boolean {
  return textAt(entry, 'note')?.endsWith(notCome) ?? false
}

const notCome = 'did not come: it counts as unauthorised'
