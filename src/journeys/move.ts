import { join } from 'node:path'
import { refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { exit } from '../core/exit.ts'
import { json } from '../render/json.ts'
import { approvalNotices } from './approval-notice.ts'
import { stepSubject } from './commit-subject.ts'
import { conclude } from './conclude.ts'
import { filesWith, judgeTogether } from './judge-written.ts'
import { personActing } from './person.ts'
import { type Publication, publish } from './publish.ts'
import { type Step, type StepOptions, stepsOf } from './take-step.ts'
import { refuseWordsOfOthers } from './words-of-others.ts'
import { type OpenRepository, openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm move` is asked. */
export interface MoveOptions extends StepOptions {
  /** Where the step goes instead of the working tree. */
  readonly publication?: Publication
}

/**
 * Takes a record one step, with its parts where that is asked: in the working tree, or on the mainline of a remote.
 * Nothing is written unless all of it would pass `check`.
 */
export async function move(world: World, options: MoveOptions): Promise<Outcome> {
  if (options.publication) return publishMove(world, options, options.publication)
  const repository = await openRepository(world)
  const { root, git, snapshot } = repository
  const by = await personActing(git, snapshot.records)
  const steps = stepsOf(repository, options, { by, now: world.now })
  const refused = await refusal(world, repository, steps)
  if (refused) return refused
  for (const { file } of steps) refuseLinks(root, join(root, file))
  for (const { file, text } of steps) writeAtomically(join(root, file), text)
  for (const step of steps) for (const line of approvalNotices(snapshot, step)) world.say(line)
  return {
    code: exit.pass,
    out: world.format === 'json' ? json(told(steps, options)) : `${lines(steps).join('\n')}\n`,
  }
}

/** The step on its way to the mainline. */
async function publishMove(world: World, options: MoveOptions, publication: Publication): Promise<Outcome> {
  return publish(world, publication, async (tip, by) => {
    const steps = stepsOf(tip, options, { by, now: world.now })
    for (const { after } of steps) refuseWordsOfOthers(options.set, after.data)
    return {
      files: steps.map(({ file, text }) => ({ path: file, text })),
      subject: stepSubject(steps),
      written: steps,
      told: told(steps, options),
      lines: lines(steps),
    }
  })
}

function told(steps: readonly Step[], { withChildren = false }: MoveOptions): Readonly<Record<string, unknown>> {
  const [first, ...children] = steps.map(({ before: { id }, file, from, to }) => ({ id, file, from, to }))
  return { ...first, ...(withChildren && { children }) }
}

function lines(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ before: { id }, file, from, to }) => [`${id}  ${from} → ${to}`, file])
}

/** What stands against any of the steps, as the outcome of the command. */
async function refusal(world: World, repository: OpenRepository, steps: readonly Step[]): Promise<Outcome | undefined> {
  const found = await judgeTogether(world, repository, steps)
  if (found.length === 0) return undefined
  world.say('Nothing was written; fields are given with --set path=value')
  return conclude(world, { diagnostics: found, files: filesWith(repository, steps), records: steps.length })
}
