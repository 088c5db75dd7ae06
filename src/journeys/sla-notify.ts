import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Seconds } from '../core/instant.ts'
import { type WatchReport, watchReportIn } from '../core/sla-notice/payload.ts'
import { gapText, toldJson, toldText } from '../render/sla-watch.ts'
import { gitHubOf } from './github-connection.ts'
import { type SlaWatchOptions, watchReport } from './sla-watch.ts'
import { tellClocks } from './tell-clocks.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm sla notify` is asked. */
export interface SlaNotifyOptions {
  /** What `gitsm sla watch` handed on; the variable `GITSM_NOTICES` where left out. */
  readonly notices?: string
  /** A longer time than this between two looks is a gap. */
  readonly gap: Seconds
}

/**
 * Tells people on GitHub what `gitsm sla watch` found: one issue for each clock, however often and late it is told.
 * Needs the right to write issues and nothing else.
 */
export async function slaNotify(world: World, { notices, gap }: SlaNotifyOptions): Promise<Outcome> {
  const text = notices ?? world.env['GITSM_NOTICES'] ?? ''
  if (text === '') {
    throw new Fault('Nothing says what is to be told', {
      cure: 'Hand on the output `notices` of gitsm sla watch in GITSM_NOTICES; or let gitsm sla watch --notify do both',
    })
  }
  const report = watchReportIn(text)
  if (report) return tell(world, report, gap)
  throw new Fault('What was handed on is no report of gitsm sla watch', {
    cure: 'Hand on its output notices as it is, from the same version of gitsm',
    code: exit.refused,
  })
}

/** Looks at the clocks and tells people of them at once, where one job may do both. */
export async function slaWatchAndNotify(world: World, options: SlaWatchOptions, gap: Seconds): Promise<Outcome> {
  return tell(world, await watchReport(world, options), gap)
}

async function tell(world: World, report: WatchReport, gap: Seconds): Promise<Outcome> {
  const told = await tellClocks(await gitHubOf(world), report, gap)
  if (told.gap) world.say(gapText(told.gap))
  for (const { clock, outcome, because } of told.told) {
    if (outcome === 'refused') world.say(`note: ${clock} could not be told: ${because}`)
  }
  const isRefused = told.told.some(({ outcome }) => outcome === 'refused')
  return {
    code: isRefused ? exit.outside : exit.pass,
    out: world.format === 'json' ? toldJson(told) : toldText(told),
  }
}
