import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import type { ClockedRecord } from '../core/clock-event.ts'
import { configOf } from '../core/config.ts'
import { compare } from '../core/diagnostic.ts'
import type { RecordName } from '../core/find-record.ts'
import type { RecordHistory } from '../core/history.ts'
import { recordGaps } from '../core/record-gap.ts'
import { type ServiceLevels, serviceLevelsOver } from '../core/service-levels.ts'
import { moments } from '../core/timeline.ts'
import { gatherHistory, type History, type HistorySource } from './history.ts'

/** What judges clocks, as the mainline up to a commit tells it. */
export interface Agreed {
  /** The commit that the history was read up to. */
  readonly tip: string
  readonly history: History
  readonly levels: ServiceLevels
}

/** Everything that readings rest on, as the mainline up to a commit tells it. */
export interface Clocks extends Agreed {
  /** Every record that has states, in order of type and id. */
  readonly records: readonly ClockedRecord[]
}

/**
 * Reads the history up to a commit (HEAD when left out) and what clocks need of it: lives of records, agreements and
 * calendars over time.
 */
export async function gatherClocks(source: HistorySource, commit?: string): Promise<Clocks> {
  const agreed = await gatherAgreed(source, commit)
  const { history } = agreed
  const before = known.get(history)
  if (before) return before
  const clocks = { ...agreed, records: clockedRecords(history.records.values()) }
  known.set(history, clocks)
  return clocks
}

/** What was gathered before, by the history that it follows from: one run may ask several times. */
const known = new WeakMap<History, Clocks>()

/** As `gatherClocks`, but looks into no record that is not an agreement or a calendar. */
export async function gatherAgreed(source: HistorySource, commit?: string): Promise<Agreed> {
  const [tip] = await Promise.all([commit ?? resolveCommit(source, 'HEAD'), refuseShallow(source)])
  const history = await gatherHistory(source, tip)
  const { packed, commitOf } = history
  const configs = history.configurations.flatMap(({ commit, content }) =>
    content && 'data' in content ? [{ commit, config: configOf(content.data) }] : [],
  )
  const agreements = packed.numbers().filter((number) => agreementTypes.includes(packed.typeOf(number)))
  return {
    tip,
    history,
    levels: serviceLevelsOver(
      agreements.map((number) => packed.historyOf(number, commitOf)),
      configs,
    ),
  }
}

/** The types of records that service levels rest on. */
export const agreementTypes: readonly string[] = ['sla', 'calendar']

/** Those of some records that have states, in order of type and id. */
export function clockedRecords(histories: Iterable<RecordHistory>): readonly ClockedRecord[] {
  return [...histories].map(clockedRecord).filter(hasStates).toSorted(inOrder)
}

function clockedRecord(history: RecordHistory): ClockedRecord {
  const gaps = recordGaps(history)
  return { type: history.type, id: history.id, moments: moments(history), ...(gaps.length > 0 && { gaps }) }
}

function hasStates({ moments: lived }: ClockedRecord): boolean {
  return lived.some(({ state }) => state !== '')
}

/** The order of type and id. */
export function inOrder(a: RecordName, b: RecordName): number {
  return compare(a.type, b.type) || compare(a.id, b.id)
}
