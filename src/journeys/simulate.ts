import { agreementDifferences, objectivesOf } from '../core/agreements.ts'
import { exit, exitOf } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import type { Instant } from '../core/instant.ts'
import { underMatrix } from '../core/other-matrix.ts'
import { lastFullPeriod } from '../core/period.ts'
import { standingServiceLevels } from '../core/service-levels.ts'
import { simulate as simulated } from '../core/simulation.ts'
import type { TimeSpan } from '../core/time-span.ts'
import { type SimulationPage, simulationJson, simulationMarkdown, simulationText } from '../render/simulation.ts'
import { agreementsAt, proposedAgreements } from './agreements.ts'
import { gatherClocks } from './clocks.ts'
import { conclude } from './conclude.ts'
import { periodArguments } from './period-arguments.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm simulate` is asked: where the other agreements are, and over which half-open period. */
export interface SimulateOptions {
  readonly with: string
  /** A date in the zone of the reports, or an instant. */
  readonly from?: string
  readonly to?: string
}

/**
 * Reads the clocks of a past period as they were, and as they would have been had other agreements stood all along.
 * Agreements that cannot judge are findings. Nothing is changed.
 */
export async function simulate(world: World, options: SimulateOptions): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  const { tip, records, levels, history } = await gatherClocks(world)
  const [own, other] = [await agreementsAt(git, tip), await proposedAgreements(git, tip, options.with)]
  if (exitOf(other.diagnostics) !== exit.pass) {
    return conclude(world, { diagnostics: other.diagnostics, files: other.files, records: other.records.all.length })
  }
  const newest = history.commits.at(-1)?.at ?? world.now
  const zone = own.config.timezone
  const span = spanOf(options, Math.min(newest, world.asOf ?? newest), zone)
  const asOf = world.asOf ?? Math.min(span.until, newest)
  const page: SimulationPage = {
    ...simulated(
      { levels, records, objectives: objectivesOf(own.records) },
      {
        levels: standingServiceLevels(other.records.all, other.config),
        records: underMatrix(records, levels, other.config.matrix),
        objectives: objectivesOf(other.records),
      },
      span,
      asOf,
    ),
    span,
    zone,
    asOf,
    commit: tip,
    under: { name: other.name, commit: other.commit ?? null, isLaidOver: other.isLaidOver },
    differences: agreementDifferences(own, other),
  }
  switch (world.format) {
    case 'json':
      return { code: exit.pass, out: simulationJson(page) }
    case 'markdown':
      return { code: exit.pass, out: simulationMarkdown(page) }
    default:
      return { code: exit.pass, out: simulationText(page, world.colour) }
  }
}

function spanOf({ from, to }: SimulateOptions, newest: Instant, zone: string): TimeSpan {
  if (from !== undefined && to !== undefined) return periodArguments(from, to, zone)
  if (from === undefined && to === undefined) return lastFullPeriod('quarter', newest, zone)
  throw new Fault('Only one end of the period was given', {
    cure: 'Give both --from 2026-07-01 and --to 2026-10-01, or neither for the last full quarter',
  })
}
