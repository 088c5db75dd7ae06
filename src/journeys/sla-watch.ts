import { setOutputs } from '../adapters/runner-file.ts'
import { exit } from '../core/exit.ts'
import type { Seconds } from '../core/instant.ts'
import { textAt } from '../core/record.ts'
import { addresseesOf } from '../core/sla-notice/mention.ts'
import { clockNotices, comingInstants, type WatchedClock, type WatchedReading } from '../core/sla-notice/notice.ts'
import { type WatchReport, watchReportData, watchReportText } from '../core/sla-notice/payload.ts'
import { ratificationClock } from '../core/sla-notice/ratification-clock.ts'
import { readings } from '../core/sla-reading.ts'
import { json } from '../render/json.ts'
import { watchText } from '../render/sla-watch.ts'
import { gatherClocks } from './clocks.ts'
import { ratificationsDue } from './ratification.ts'
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
  const { now, asOf = now, reader = plainReader } = world
  const { tip, history, records, levels } = await gatherClocks(world)
  sayEvidence(world, history.evidence)
  const { snapshot } = await openTip({ dir: world.dir, env: world.env }, tip, reader)
  const watchedOf = (type: string, id: string, clocks: readonly WatchedClock[]): readonly WatchedReading[] => {
    const standing = clocks.length === 0 ? undefined : snapshot.records.find(type, id)
    if (!standing) return []
    const { file, data } = standing
    return clocks.map((reading) => {
      const agreement = snapshot.records.find('sla', reading.sla)?.data
      const title = textAt(data, 'title') ?? ''
      return { reading, type, file, title, ...addresseesOf(data, agreement, snapshot.records) }
    })
  }
  const ratifications = await ratificationsDue({ dir: world.dir, env: world.env, now: asOf })
  const watched = [
    ...records.flatMap((record) => watchedOf(record.type, record.id, readings(record, levels, asOf))),
    ...ratifications.flatMap((pending) => {
      const [type = '', id = ''] = pending.decision.subject.split('/')
      return watchedOf(type, id, [ratificationClock(pending, asOf)])
    }),
  ]
  const watch = { asOf, within, back }
  return { asOf, back, complete: true, notices: clockNotices(watched, watch), next: comingInstants(watched, watch) }
}
