import { join } from 'node:path'
import { refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import type { Signatory } from '../adapters/git/commit-files.ts'
import type { GitDir } from '../adapters/git/run.ts'
import { type DueStep, dueSteps } from '../core/due-step.ts'
import { enteredAt } from '../core/entered-at.ts'
import { type ExitCode, exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { formatInstant, type Instant } from '../core/instant.ts'
import type { PendingRatification } from '../core/ledger/pending-ratification.ts'
import { overdueNotes } from '../core/overdue-approval.ts'
import { type TickedStep, tickJson, tickText } from '../render/tick.ts'
import { stepSubject } from './commit-subject.ts'
import { judgeTogether } from './judge-written.ts'
import { type Landing, landOnMainline, onlyOnBranch, type Proposed } from './land.ts'
import type { Snapshot } from './load.ts'
import { actionsAccount, gitIdentity } from './person.ts'
import type { Publication } from './publish.ts'
import { ratificationsDue } from './ratification.ts'
import { noteOn, type Step, stepsOf } from './take-step.ts'
import type { Tip } from './tip.ts'
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
  return { code: codeOf(ticked), out: format === 'json' ? tickJson(ticked) : tickText(ticked) }
}

/** Whoever runs it every hour is to hear of what does not go forward. */
function codeOf(ticked: readonly TickedStep[]): ExitCode {
  const waits = ticked.some(({ outcome, pullRequest }) => outcome === 'proposed' && !pullRequest)
  if (waits || ticked.some(({ outcome }) => outcome === 'failed')) return exit.outside
  return ticked.some(({ outcome }) => outcome === 'held') ? exit.findings : exit.pass
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
    const landing = { ...place, lane: lane === 'direct' ? ('either' as const) : lane }
    const step = await tickOne(world, landing, each, late)
    if (step) ticked.push(step)
  }
  return ticked
}

/**
 * Takes one step; `undefined` where somebody else has taken it. What goes wrong with it keeps no other from being
 * taken.
 */
async function tickOne(
  world: World,
  landing: Pick<Landing<undefined>, 'remote' | 'author' | 'lane'>,
  due: DueStep,
  late: readonly PendingRatification[],
): Promise<TickedStep | undefined> {
  const { type, id } = due.record
  const make = async (tip: Tip): Promise<Proposed<undefined>> => {
    // Somebody else may have taken it in the meantime.
    const now = allDue(tip.snapshot, late, world.now).find(
      ({ record, note, to }) => record.type === type && record.id === id && note === due.note && to === due.to,
    )
    const step = now && stepOf(tip, now, world)
    if (!step) return { files: [], message: '', made: undefined }
    const message = `${stepSubject([step])}\n\n${due.note}: ${due.because}`
    return { files: [{ path: step.file, text: step.text }], message, made: undefined }
  }
  try {
    const landed = await landOnMainline(world, { ...landing, topic: topicOf(due), make })
    if (landed.kind === 'landed') return { due, outcome: 'moved', commit: landed.commit }
    if (landed.kind === 'proposed') {
      const { branch, pull, because, next } = landed
      if (!pull) {
        const { message, cure } = onlyOnBranch(landed)
        world.say(`error: ${id}: ${message}\n  cure: ${cure}`)
      }
      const told = [...because, ...next].join('; ')
      return { due, outcome: 'proposed', branch, because: told, ...(pull && { pullRequest: pull }) }
    }
    if (landed.kind !== 'refused') return undefined
    const error = landed.found.diagnostics.find(({ severity }) => severity === 'error')
    return { due, outcome: 'held', because: error?.message ?? '' }
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code === exit.internal) throw fault
    return { due, outcome: 'failed', because: `${fault.message}. ${fault.cure}` }
  }
}

/**
 * The branch that proposes a step: one for each time that it falls due, so that what people declined stays declined.
 */
function topicOf({ record, from, to, because }: DueStep): string {
  const entered = enteredAt(record.data, from)
  const time = entered === undefined ? [] : [formatInstant(entered)]
  const when = [because, ...time]
    .join(' ')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return `gitsm/tick-${record.id}-${to === from ? 'note' : to}-${when}`
}

/** Who commits such steps: the program of the run, or whoever runs it by hand. */
async function keeper(git: GitDir): Promise<Signatory> {
  return git.env['GITHUB_ACTIONS'] === 'true' ? actionsAccount : gitIdentity(git)
}
