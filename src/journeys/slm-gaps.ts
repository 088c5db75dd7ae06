import { exit } from '../core/exit.ts'
import type { Instant } from '../core/instant.ts'
import { agreementGaps } from '../core/slm/gap.ts'
import { gapsJson, gapsText } from '../render/slm-gaps.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** Tells which promises to customers the agreements beneath them cannot carry, in the working tree. */
export async function slmGaps(
  world: World,
  { asOf, check }: { readonly asOf: Instant; readonly check: boolean },
): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const gaps = agreementGaps(snapshot, asOf)
  const out = world.format === 'json' ? gapsJson(gaps, asOf) : gapsText(gaps, world.colour)
  return { code: check && gaps.late.length + gaps.missing.length > 0 ? exit.findings : exit.pass, out }
}
