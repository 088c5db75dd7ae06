import { type ExitCode, exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import type { Reading } from '../core/reading.ts'
import { readings } from '../core/sla-reading.ts'
import { readingsJson, readingsText } from '../render/readings.ts'
import { gatherClocks } from './clocks.ts'
import { namedInHistory } from './named-record.ts'
import { sayEvidence } from './say-evidence.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm sla` is asked: which records, as of when, and what makes it fail. */
export interface SlaOptions {
  readonly ids: readonly string[]
  readonly asOf?: Instant
  readonly failOn?: string
  /** List stopped and cancelled clocks too where no record is named. */
  readonly all?: boolean
}

/** The readings of every clock, or of those of some records. Without an as-of instant, as of the moment of the call. */
export async function sla(world: World, { ids, asOf = world.now, failOn, all = false }: SlaOptions): Promise<Outcome> {
  if (failOn !== undefined && failOn !== 'breached' && failOn !== 'at-risk') {
    throw new Fault(`--fail-on cannot be ${JSON.stringify(failOn)}`, { cure: 'Use breached or at-risk' })
  }
  const { tip, records, levels, history } = await gatherClocks(world)
  const { evidence } = history
  sayEvidence(world, evidence)
  const asked = ids.length === 0 ? records : await Promise.all(ids.map((id) => namedInHistory(world, id, records)))
  const found = asked.flatMap((record) => readings(record, levels, asOf))
  const out =
    world.format === 'json'
      ? readingsJson({ commit: tip, asOf, readings: found, evidence })
      : readingsText({ commit: tip, asOf, readings: found, evidence }, world.colour, all || ids.length > 0)
  return { code: failing(found, failOn), out }
}

function failing(found: readonly Reading[], failOn: string | undefined): ExitCode {
  const late = found.some(({ status }) => status === 'breached')
  const close = failOn === 'at-risk' && found.some(({ atRisk }) => atRisk)
  return failOn !== undefined && (late || close) ? exit.findings : exit.pass
}
