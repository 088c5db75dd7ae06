import type { ClockedRecord } from '../core/clock-event.ts'
import type { RecordName } from '../core/find-record.ts'
import type { RecordHistory } from '../core/history.ts'
import type { Instant } from '../core/instant.ts'
import { once } from '../core/once.ts'
import type { Reading } from '../core/reading.ts'
import type { IncidentFacts, RecordFacts } from '../core/report.ts'
import { readings } from '../core/sla-reading.ts'
import type { Clocks } from './clocks.ts'
import { keepReadings, keptReadings } from './kept-readings.ts'

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
  const settled = settledOf(clocks)
  const editions = clocks.levels.editions.filter(({ commit }) => commit === undefined || commit.at <= asOf).length
  const lives = clocks.records.flatMap((record) => lifeAt(clocks, record, { asOf, editions, settled }) ?? [])
  keepReadings(clocks, asOf, readingsIn(clocks, settled))
  return {
    incidents: lives.filter(({ type }) => type === 'incident'),
    clocked: lives.filter(({ type, readings: own }) => type !== 'incident' && own.length > 0),
    lives,
  }
}

/** The readings of a record whose clocks have all stopped. */
interface Settled {
  readonly readings: readonly Reading[]
  /** How many editions of the agreements were known when they were taken. */
  readonly editions: number
  /** The life that they belong to, once somebody asked for it. */
  readonly life?: RecordFacts
}

/**
 * What is the same at every instant by which a record was written for the last time, as long as no agreement is edited,
 * by type and id: the same object then, so that what is worked out from it is worked out once. Earlier runs may have kept
 * the readings.
 */
const settledOf = once((clocks: Clocks): Map<string, Settled> => {
  const { packed } = clocks.history
  const editions = clocks.levels.editions.length
  return new Map(
    [...keptReadings(clocks)].map(([number, own]) => [keyOf(packed.nameOf(number)), { readings: own, editions }]),
  )
})

/** Those that every edition of the agreements judged, by number of the record. */
function readingsIn(
  { history: { packed }, levels }: Clocks,
  settled: ReadonlyMap<string, Settled>,
): ReadonlyMap<number, readonly Reading[]> {
  const found = new Map<number, readonly Reading[]>()
  for (const number of packed.numbers()) {
    const own = settled.get(keyOf(packed.nameOf(number)))
    if (own?.editions === levels.editions.length) found.set(number, own.readings)
  }
  return found
}

/** A record with what was known of it at an instant; `undefined` where it was not there. */
function lifeAt(
  clocks: Clocks,
  record: ClockedRecord,
  {
    asOf,
    editions,
    settled,
  }: { readonly asOf: Instant; readonly editions: number; readonly settled: Map<string, Settled> },
): RecordFacts | undefined {
  const { levels, history } = clocks
  const { type, id } = record
  const key = keyOf(record)
  const isWhole = (record.moments.at(-1)?.recorded ?? 0) <= asOf
  const before = isWhole ? settled.get(key) : undefined
  const known = before?.editions === editions ? before : undefined
  if (known?.life) return known.life
  const moments = isWhole ? record.moments : record.moments.filter(({ recorded }) => recorded <= asOf)
  const last = moments.at(-1)
  const file = fileAt(history.records.get(key), asOf)
  if (!last || file === undefined) return undefined
  const life = { type, id, file, data: last.data, moments, readings: known?.readings ?? readings(record, levels, asOf) }
  if (isWhole && life.readings.every(({ stop }) => stop !== null)) {
    settled.set(key, { readings: life.readings, editions, life })
  }
  return life
}

function keyOf({ type, id }: RecordName): string {
  return `${type}/${id}`
}

function fileAt(history: RecordHistory | undefined, asOf: Instant): string | undefined {
  return history?.revisions.findLast(({ kind, commit }) => kind === 'written' && commit.at <= asOf)?.file
}
