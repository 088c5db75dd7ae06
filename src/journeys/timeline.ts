import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { exit } from '../core/exit.ts'
import type { Revision } from '../core/history.ts'
import { timeline as stretchesOf } from '../core/timeline.ts'
import { timelineJson, timelineText } from '../render/timeline.ts'
import { gatherHistory } from './history.ts'
import { namedInHistory } from './named-record.ts'
import type { Outcome, World } from './world.ts'

/** Tells the life of one record, as the mainline up to HEAD recorded it, or as far as it was known as of an instant. */
export async function timeline(world: World, name: string): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  await refuseShallow(git)
  const { records } = await gatherHistory(git, await resolveCommit(git, 'HEAD'))
  const history = await namedInHistory(world, name, records.values())
  const known = ({ commit }: Revision) => world.asOf === undefined || commit.at <= world.asOf
  const stretches = stretchesOf({ ...history, revisions: history.revisions.filter(known) })
  const out =
    world.format === 'json' ? timelineJson(history.id, stretches) : timelineText(history.id, stretches, world.colour)
  return { code: exit.pass, out }
}
