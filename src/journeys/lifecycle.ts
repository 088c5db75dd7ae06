import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findType } from '../core/find-type.ts'
import { lifecycleJson, lifecycleMarkdown, lifecycleText } from '../render/lifecycle.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** Tells what may happen to records of one type, as the working tree's own `lifecycle.yaml` says it. */
export async function lifecycle(world: World, name: string): Promise<Outcome> {
  const { types } = (await openRepository(world)).snapshot.rulebook
  const type = findType(name, types)
  if (!type.lifecycle) {
    const others = [...types.values()].filter((each) => each.lifecycle).map((each) => each.name)
    throw new Fault(`${name} has no lifecycle: its records have no states`, {
      cure: `Types with states: ${others.join(', ')}`,
    })
  }
  if (world.format === 'json') return { code: exit.pass, out: lifecycleJson(name, type.lifecycle) }
  if (world.format === 'markdown') return { code: exit.pass, out: lifecycleMarkdown(name, type.lifecycle) }
  return { code: exit.pass, out: lifecycleText(name, type.lifecycle, world.colour) }
}
