import { refuseShallow, resolveCommit } from '../adapters/git/revision.ts'
import { assignments } from '../core/assignment-time.ts'
import { exit } from '../core/exit.ts'
import type { Revision } from '../core/history.ts'
import { isFiledAfterTheFact } from '../core/retrospective.ts'
import { moments, timeline as stretchesOf } from '../core/timeline.ts'
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
  const isKnown = ({ commit }: Revision) => world.asOf === undefined || commit.at <= world.asOf
  const life = { ...history, revisions: history.revisions.filter(isKnown) }
  const asOf = world.asOf ?? world.now
  const known = moments(life)
  const told = {
    ...{ id: history.id, asOf, stretches: stretchesOf(life), assignments: assignments(known), evidence },
    retrospective: isFiledAfterTheFact(known, (state) => state === 'resolved' || state === 'closed'),
  }
  const out =
    world.format === 'json'
      ? timelineJson(told)
      : world.format === 'markdown'
        ? timelineMarkdown(told)
        : timelineText(told, world.colour)
  return { code: exit.pass, out }
}
