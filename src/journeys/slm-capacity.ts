import { capacityReadings } from '../core/capacity.ts'
import { exit } from '../core/exit.ts'
import { periodAt } from '../core/period.ts'
import { capacityJson, capacityText } from '../render/slm-capacity.ts'
import { periodArguments } from './period-arguments.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/**
 * Tells how the services in use stood against the limits of what they can carry, in the working tree: over the period
 * that is named, else over the month of `--as-of` or of today.
 */
export async function slmCapacity(
  world: World,
  { from, to }: { readonly from?: string; readonly to?: string },
): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const { records, series, rulebook } = snapshot
  const zone = rulebook.config.timezone
  const month = periodAt('month', world.asOf ?? world.now, zone)
  const span = from === undefined || to === undefined ? month : periodArguments(from, to, zone)
  const services = records.ofType('service').filter(({ data }) => data['state'] !== 'retired')
  const readings = capacityReadings({ services, measurements: records.ofType('measurement'), series }, span)
  const table = { from: span.from, until: span.until, zone, readings }
  return {
    code: exit.pass,
    out: world.format === 'json' ? capacityJson(table) : capacityText(table, world.colour),
  }
}
