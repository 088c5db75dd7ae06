import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { fieldHistory } from '../core/cmdb/field-history.ts'
import { exit } from '../core/exit.ts'
import { fieldHistoryJson, fieldHistoryText } from '../render/cmdb-history.ts'
import { gatherHistory } from './history.ts'
import { namedInHistory } from './named-record.ts'
import type { Outcome, World } from './world.ts'

/** Tells who changed which field of a record when, as the mainline up to HEAD recorded it, or up to an instant. */
export async function cmdbHistory(world: World, name: string): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  await refuseShallow(git)
  const { records } = await gatherHistory(world, await resolveCommit(git, 'HEAD'))
  const history = await namedInHistory(world, name, records.values())
  const changes = fieldHistory(history).filter(({ commit }) => world.asOf === undefined || commit.at <= world.asOf)
  const out =
    world.format === 'json' ? fieldHistoryJson(history, changes) : fieldHistoryText(history, changes, world.colour)
  return { code: exit.pass, out }
}
