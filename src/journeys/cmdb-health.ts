import { cmdbHealth } from '../core/cmdb/health.ts'
import { exit } from '../core/exit.ts'
import type { Instant } from '../core/instant.ts'
import { judge } from '../core/rule.ts'
import { healthJson, healthText } from '../render/cmdb-health.ts'
import { ciFitsClass } from '../rules/ci-fits-class.ts'
import { dependencyWithoutCycle } from '../rules/dependency-without-cycle.ts'
import { redundancyIsPossible } from '../rules/redundancy-is-possible.ts'
import { referenceExists } from '../rules/reference-exists.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/**
 * What `gitsm cmdb health` is asked: as of when, and in days how old a verification may be and how far to look ahead.
 */
export interface HealthOptions {
  readonly asOf: Instant
  readonly staleAfter: number
  readonly ahead: number
}

/** Tells how far the configuration records of the working tree can be trusted. */
export async function health(world: World, options: HealthOptions): Promise<Outcome> {
  const { snapshot } = await openRepository(world)
  const facts = { ...snapshot, changes: [] }
  const diagnostics = judge([referenceExists, dependencyWithoutCycle, redundancyIsPossible, ciFitsClass], facts)
  const unread = [...snapshot.unreadable].filter((key) => /^(ci|service)\//.test(key)).length
  if (unread > 0) world.say(`${unread} services or items cannot be read and are left out: gitsm validate tells why`)
  const found = cmdbHealth(facts, { ...options, diagnostics })
  return { code: exit.pass, out: world.format === 'json' ? healthJson(found) : healthText(found, world.colour) }
}
