import { setOutputs } from '../adapters/runner-file.ts'
import { exit } from '../core/exit.ts'
import { indexRecords, type RecordIndex } from '../core/facts.ts'
import type { RecordHistory } from '../core/history.ts'
import type { Seconds } from '../core/instant.ts'
import { addTo } from '../core/lists-by-key.ts'
import { type RecordDoc, textAt } from '../core/record.ts'
import { addresseesOf } from '../core/sla-notice/mention.ts'
import {
  clockNotices,
  comingInstants,
  isWatched,
  type WatchedClock,
  type WatchedReading,
} from '../core/sla-notice/notice.ts'
import { type WatchReport, watchReportData, watchReportText } from '../core/sla-notice/payload.ts'
import { ratificationClock } from '../core/sla-notice/ratification-clock.ts'
import { readings } from '../core/sla-reading.ts'
import { json } from '../render/json.ts'
import { watchText } from '../render/sla-watch.ts'
import { clockedRecords, gatherAgreed } from './clocks.ts'
import { ratificationsDue } from './ratification.ts'
import { sayEvidence } from './say-evidence.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm sla watch` is asked. */
export interface SlaWatchOptions {
  readonly within: Seconds
  readonly back: Seconds
  /** How many coming instants are listed. */
  readonly next: number
}

/**
 * Finds the clocks that are at risk or beyond their target, those of approvals that have to follow among them, and what
 * falls due next, and hands both on as the output `notices` for `gitsm sla notify`. Needs the history and the ledger.
 */
export async function slaWatch(world: World, options: SlaWatchOptions): Promise<Outcome> {
  const report = await watchReport(world, options)
  setOutputs(world, { notices: watchReportText(report) })
  const shown = { ...report, next: report.next.slice(0, options.next) }
  return {
    code: exit.pass,
    out: world.format === 'json' ? json(watchReportData(shown)) : watchText(shown, world.colour),
  }
}

/** What one look at the clocks of the mainline finds, as far as HEAD tells it. */
export async function watchReport(
  world: World,
  { within, back }: Pick<SlaWatchOptions, 'within' | 'back'>,
): Promise<WatchReport> {
  const { now, asOf = now } = world
  const watch = { asOf, within, back }
  const { history, levels } = await gatherAgreed(world)
  sayEvidence(world, history.evidence)
  const ratifications = await ratificationsDue({ dir: world.dir, env: world.env, now: asOf })
  const owed = lists(ratifications.map((each) => [each.decision.subject, ratificationClock(each, asOf)] as const))
  const { packed, commitOf } = history
  const around = indexRecords(
    packed
      .numbers()
      .filter((number) => addressing.includes(packed.typeOf(number)))
      .flatMap((number) => standing(packed.historyOf(number, commitOf)) ?? []),
  )
  const watched = packed.numbers().flatMap((number): readonly WatchedReading[] => {
    const lived = packed.historyOf(number, commitOf)
    const [record] = clockedRecords([lived])
    const own = record ? readings(record, levels, asOf).filter((reading) => isWatched(reading, watch)) : []
    const clocks: readonly WatchedClock[] = [...own, ...(owed.get(`${lived.type}/${lived.id}`) ?? [])]
    const stands = clocks.length === 0 ? undefined : standing(lived)
    return stands ? clocks.map((reading) => watchedReading(reading, stands, around)) : []
  })
  return { asOf, back, complete: true, notices: clockNotices(watched, watch), next: comingInstants(watched, watch) }
}

/** The types of records that tell who is to be told. */
const addressing: readonly string[] = ['team', 'service', 'sla']

/** A record as the newest commit has it; `undefined` where that has none, or none that can be read. */
function standing({ type, id, revisions }: RecordHistory): RecordDoc | undefined {
  const last = revisions.at(-1)
  return last?.kind === 'written' ? { type, id, file: last.file, data: last.data } : undefined
}

function watchedReading(reading: WatchedClock, { type, file, data }: RecordDoc, around: RecordIndex): WatchedReading {
  const agreement = around.find('sla', reading.sla)?.data
  return { reading, type, file, title: textAt(data, 'title') ?? '', ...addresseesOf(data, agreement, around) }
}

function lists<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>()
  for (const [key, value] of pairs) addTo(found, key, value)
  return found
}
