import type { RecordIndex } from '../core/facts.ts'
import type { Instant } from '../core/instant.ts'
import type { RecordDoc } from '../core/record.ts'
import type { History } from './history.ts'

/**
 * What people say about periods: the newest words, since people comment on a period when it is over. Where an instant
 * is asked for, those that were on the mainline by then, as they read then.
 */
export function commentaryOf(
  records: RecordIndex,
  history: Pick<History, 'records'>,
  asOf: Instant | undefined,
): readonly RecordDoc[] {
  const newest = records.ofType('commentary')
  if (asOf === undefined) return newest
  return newest.flatMap((record) => {
    const revisions = history.records.get(`commentary/${record.id}`)?.revisions ?? []
    const last = revisions.findLast(({ commit }) => commit.at <= asOf)
    return last?.kind === 'written' ? [{ ...record, data: last.data }] : []
  })
}
