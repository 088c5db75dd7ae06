import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { exit } from '../core/exit.ts'
import { toldLife } from '../core/told-life.ts'
import { timelineJson, timelineMarkdown, timelineText } from '../render/timeline.ts'
import { gatherHistory } from './history.ts'
import { namedInHistory } from './named-record.ts'
import { sayEvidence } from './say-evidence.ts'
import type { Outcome, World } from './world.ts'

/** Tells the life of one record, as the mainline up to HEAD recorded it, or as far as it was known as of an instant. */
export async function timeline(world: World, name: string): Promise<Outcome> {
  const git = { dir: world.dir, env: world.env }
  await refuseShallow(git)
  const { records, evidence } = await gatherHistory(world, await resolveCommit(git, 'HEAD'))
  sayEvidence(world, evidence)
  const history = await namedInHistory(world, name, records.values())
  const told = { ...toldLife(history, world.asOf), asOf: world.asOf ?? world.now, evidence }
  const out =
    world.format === 'json'
      ? timelineJson(told)
      : world.format === 'markdown'
        ? timelineMarkdown(told)
        : timelineText(told, world.colour)
  return { code: exit.pass, out }
}
