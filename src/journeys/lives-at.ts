import type { ClockedRecord } from '../core/clock-event.ts'
import type { RecordHistory } from '../core/history.ts'
import type { Instant } from '../core/instant.ts'
import { once } from '../core/once.ts'
import type { IncidentFacts, RecordFacts } from '../core/report.ts'
import { readings } from '../core/sla-reading.ts'
import type { Clocks } from './clocks.ts'

/** What was known of records at an instant: their lives and clocks, in order of type and id. */
export interface Lives {
  readonly incidents: readonly IncidentFacts[]
  /** The records besides incidents that clocks ran on. */
  readonly clocked: readonly RecordFacts[]
  /** All records that have states. */
  readonly lives: readonly RecordFacts[]
}

/** Lives and clocks as of an instant: reports of several periods, and what was restated since, ask for the same. */
export function livesAt(clocks: Clocks, asOf: Instant): Lives {
  const known = livesOf(clocks)
  const found = known.get(asOf) ?? livesWith(clocks, asOf)
  known.set(asOf, found)
  return found
}

const livesOf = once((_: Clocks) => new Map<Instant, Lives>())

function livesWith(clocks: Clocks, asOf: Instant): Lives {
  const editions = clocks.levels.editions.filter(({ commit }) => commit === undefined || commit.at <= asOf).length
  const lives = clocks.records.flatMap((record) => lifeAt(clocks, record, asOf, editions) ?? [])
  return {
    incidents: lives.filter(({ type }) => type === 'incident'),
    clocked: lives.filter(({ type, readings: own }) => type !== 'incident' && own.length > 0),
    lives,
  }
}

/** A life in which all clocks have stopped, with the number of editions of the agreements that it knew. */
interface SettledLife {
  readonly life: RecordFacts
  readonly editions: number
}

/**
 * What is the same at every instant by which a record was written for the last time, as long as no agreement is edited:
 * the same object then, so that what is worked out from it is worked out once.
 */
const settledOf = once((_: Clocks) => new WeakMap<ClockedRecord, SettledLife>())

/** A record with what was known of it at an instant; `undefined` where it was not there. */
function lifeAt(clocks: Clocks, record: ClockedRecord, asOf: Instant, editions: number): RecordFacts | undefined {
  const { type, id } = record
  const isWhole = (record.moments.at(-1)?.recorded ?? 0) <= asOf
  const settled = isWhole ? settledOf(clocks).get(record) : undefined
  if (settled?.editions === editions) return settled.life
  const moments = isWhole ? record.moments : record.moments.filter(({ recorded }) => recorded <= asOf)
  const last = moments.at(-1)
  const file = fileAt(clocks.history.records.get(`${type}/${id}`), asOf)
  if (!last || file === undefined) return undefined
  const life = { type, id, file, data: last.data, moments, readings: readings(record, clocks.levels, asOf) }
  if (isWhole && life.readings.every(({ stop }) => stop !== null)) settledOf(clocks).set(record, { life, editions })
  return life
}

function fileAt(history: RecordHistory | undefined, asOf: Instant): string | undefined {
  return history?.revisions.findLast(({ kind, commit }) => kind === 'written' && commit.at <= asOf)?.file
}
