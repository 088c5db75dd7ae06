import { setOutputs } from '../adapters/runner-file.ts'
import { exit } from '../core/exit.ts'
import type { Seconds } from '../core/instant.ts'
import { textAt } from '../core/record.ts'
import { addresseesOf } from '../core/sla-notice/mention.ts'
import { clockNotices, comingInstants, type WatchedReading } from '../core/sla-notice/notice.ts'
import { type WatchReport, watchReportData, watchReportText } from '../core/sla-notice/payload.ts'
import { readings } from '../core/sla-reading.ts'
import { json } from '../render/json.ts'
import { watchText } from '../render/sla-watch.ts'
import { gatherClocks } from './clocks.ts'
import { sayEvidence } from './say-evidence.ts'
import { openTip } from './tip.ts'
import { plainReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm sla watch` is asked. */
export interface SlaWatchOptions {
  readonly within: Seconds
  readonly back: Seconds
  /** How many coming instants are listed. */
  readonly next: number
}

/**
 * Finds the clocks that are at risk or beyond their target, and what falls due next, and hands both on as the output
 * `notices` for `gitsm sla notify`. Needs the history and nothing else.
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
  const { now, asOf = now, reader = plainReader } = world
  const { tip, history, records, levels } = await gatherClocks(world)
  sayEvidence(world, history.evidence)
  const { snapshot } = await openTip({ dir: world.dir, env: world.env }, tip, reader)
  const watched = records.flatMap((record): readonly WatchedReading[] => {
    const standing = snapshot.records.find(record.type, record.id)
    if (!standing) return []
    const { type, file, data } = standing
    return readings(record, levels, asOf).map((reading) => {
      const agreement = snapshot.records.find('sla', reading.sla)?.data
      return {
        reading,
        type,
        file,
        title: textAt(data, 'title') ?? '',
        ...addresseesOf(data, agreement, snapshot.records),
      }
    })
  })
  const watch = { asOf, within, back }
  return { asOf, back, complete: true, notices: clockNotices(watched, watch), next: comingInstants(watched, watch) }
}
