import { join } from 'node:path'
import { refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import type { Signatory } from '../adapters/git/commit-files.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { type DueStep, dueSteps } from '../core/due-step.ts'
import { exit } from '../core/exit.ts'
import { formatInstant, type Instant } from '../core/instant.ts'
import type { PendingRatification } from '../core/ledger/pending-ratification.ts'
import { overdueNotes } from '../core/overdue-approval.ts'
import { type TickedStep, tickJson, tickText } from '../render/tick.ts'
import { stepSubject } from './commit-subject.ts'
import { judgeTogether } from './judge-written.ts'
import { landOnMainline, onlyOnBranch } from './land.ts'
import type { Snapshot } from './load.ts'
import { actionsAccount, gitIdentity } from './person.ts'
import type { Publication } from './publish.ts'
import { ratificationsDue } from './ratification.ts'
import { noteOn, type Step, stepsOf } from './take-step.ts'
import { sharingReader } from './tree-reader.ts'
import { usualRemote } from './usual-remote.ts'
import { type OpenRepository, openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm tick` is asked. */
export interface TickOptions {
  /** Whether only to tell what is due. */
  readonly dryRun: boolean
  /** Where the steps go instead of the working tree. */
  readonly publication?: Publication
}

/**
 * Takes the steps that time alone has made due, as the lifecycles say: each on its own, judged like any other. What the
 * gate has something against is left as it is and told. Once all are taken, nothing is due any more. A step that could
 * neither be pushed nor proposed ends it with an error: on a branch alone, nobody would ever look at it.
 */
export async function tick(world: World, { dryRun, publication }: TickOptions): Promise<Outcome> {
  const { format } = world
  const ticked =
    publication && !dryRun
      ? await tickOnMainline({ ...world, reader: world.reader ?? sharingReader() }, publication)
      : await tickHere(world, dryRun)
  const waits = ticked.some(({ outcome, pullRequest }) => outcome === 'proposed' && !pullRequest)
  const out = format === 'json' ? tickJson(ticked) : tickText(ticked)
  return { code: waits ? exit.outside : exit.pass, out }
}

/** Who is said to have taken such a step. */
const clock = 'gitsm'

function stepOf(among: Pick<OpenRepository, 'snapshot' | 'registry'>, due: DueStep, world: World): Step | undefined {
  const { record, to, note, sets } = due
  if (due.from === to)
    return noteOn(among, { name: `${record.type}/${record.id}`, note }, { by: clock, now: world.now })
  const now = formatInstant(world.now)
  const set = Object.entries(sets).map(([field, text]) => `${field}=${text === 'now' ? now : text}`)
  const options = { name: `${record.type}/${record.id}`, state: to, set, note }
  return stepsOf(among, options, { by: clock, now: world.now })[0]
}

/** All that is due among some records: steps, and notes on approvals that did not come. */
function allDue(
  { records, rulebook }: Snapshot,
  late: readonly PendingRatification[],
  now: Instant,
): readonly DueStep[] {
  return [...dueSteps(records.all, rulebook, now), ...overdueNotes(records.all, late)]
}

async function tickHere(world: World, dryRun: boolean): Promise<readonly TickedStep[]> {
  const ticked: TickedStep[] = []
  let repository = await openRepository(world)
  for (const due of allDue(repository.snapshot, await ratificationsDue(world), world.now)) {
    const step = stepOf(repository, due, world)
    if (!step) continue
    const [found] = await judgeTogether(world, repository, [step])
    if (found) ticked.push({ due, outcome: 'held', because: found.message })
    else if (dryRun) ticked.push({ due, outcome: 'due' })
    else {
      refuseLinks(repository.root, join(repository.root, step.file))
      writeAtomically(join(repository.root, step.file), step.text)
      ticked.push({ due, outcome: 'written' })
      // What is due next is judged among records as they are now.
      repository = await openRepository(world)
    }
  }
  return ticked
}

async function tickOnMainline(world: World, { lane, remote: named }: Publication): Promise<readonly TickedStep[]> {
  const git: GitDir = { dir: world.dir, env: world.env }
  const author = await keeper(git)
  const place = { remote: named ?? (await usualRemote(git)), author }
  const late = await ratificationsDue(world)
  let due: readonly DueStep[] = []
  await landOnMainline(world, {
    ...place,
    lane: 'either',
    make: async ({ snapshot }) => {
      due = allDue(snapshot, late, world.now)
      return { files: [], message: '', made: undefined }
    },
  })
  const ticked: TickedStep[] = []
  for (const each of due) {
    const { type, id } = each.record
    const landed = await landOnMainline(world, {
      ...place,
      lane: lane === 'direct' ? 'either' : lane,
      topic: `gitsm/tick-${id}-${each.to === each.from ? 'note' : each.to}`,
      make: async (tip) => {
        // Somebody else may have taken it in the meantime.
        const now = allDue(tip.snapshot, late, world.now).find(
          ({ record, note, to }) => record.type === type && record.id === id && note === each.note && to === each.to,
        )
        const step = now && stepOf(tip, now, world)
        if (!step) return { files: [], message: '', made: undefined }
        const message = `${stepSubject([step])}\n\n${each.note}: ${each.because}`
        return { files: [{ path: step.file, text: step.text }], message, made: undefined }
      },
    })
    if (landed.kind === 'landed') ticked.push({ due: each, outcome: 'moved', commit: landed.commit })
    else if (landed.kind === 'proposed') {
      const { branch, pull, because } = landed
      if (!pull) {
        const { message, cure } = onlyOnBranch(landed)
        world.say(`error: ${id}: ${message}\n  cure: ${cure}`)
      }
      ticked.push({
        due: each,
        ...{ outcome: 'proposed', branch, because: because.join('; ') },
        ...(pull && { pullRequest: pull }),
      })
    } else if (landed.kind === 'refused') {
      const error = landed.found.diagnostics.find(({ severity }) => severity === 'error')
      ticked.push({ due: each, outcome: 'held', because: error?.message ?? '' })
    }
  }
  return ticked
}

/** Who commits such steps: the program of the run, or whoever runs it by hand. */
async function keeper(git: GitDir): Promise<Signatory> {
  return git.env['GITHUB_ACTIONS'] === 'true' ? actionsAccount : gitIdentity(git)
}
