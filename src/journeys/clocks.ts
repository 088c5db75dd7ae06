import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import type { ClockedRecord } from '../core/clock-event.ts'
import { configOf } from '../core/config.ts'
import { compare } from '../core/diagnostic.ts'
import type { RecordHistory } from '../core/history.ts'
import { type ServiceLevels, serviceLevelsOver } from '../core/service-levels.ts'
import { moments } from '../core/timeline.ts'
import { gatherHistory, type History, type HistorySource } from './history.ts'

/** Everything that readings rest on, as the mainline up to a commit tells it. */
export interface Clocks {
  /** The commit that the history was read up to. */
  readonly tip: string
  readonly history: History
  readonly levels: ServiceLevels
  /** Every record that has states, in order of type and id. */
  readonly records: readonly ClockedRecord[]
}

/**
 * Reads the history up to a commit (HEAD when left out) and what clocks need of it: lives of records, agreements and
 * calendars over time.
 */
export async function gatherClocks(source: HistorySource, commit?: string): Promise<Clocks> {
  await refuseShallow(source)
  const tip = commit ?? (await resolveCommit(source, 'HEAD'))
  const history = await gatherHistory(source, tip)
  const configs = history.configurations.flatMap(({ commit, content }) =>
    content && 'data' in content ? [{ commit, config: configOf(content.data) }] : [],
  )
  return {
    tip,
    history,
    levels: serviceLevelsOver([...history.records.values()].filter(isAgreed), configs),
    records: [...history.records.values()].map(clockedRecord).filter(hasStates).toSorted(inOrder),
  }
}

function clockedRecord(history: RecordHistory): ClockedRecord {
  return { type: history.type, id: history.id, moments: moments(history) }
}

/** Whether service levels rest on a record. The others are not looked into for them, which takes time. */
function isAgreed({ type }: RecordHistory): boolean {
  return type === 'sla' || type === 'calendar'
}

function hasStates({ moments: lived }: ClockedRecord): boolean {
  return lived.some(({ state }) => state !== '')
}

function inOrder(a: ClockedRecord, b: ClockedRecord): number {
  return compare(a.type, b.type) || compare(a.id, b.id)
}
