import { dirname, join, posix } from 'node:path'
import { writeAtomically } from '../adapters/atomic-write.ts'
import { commitFiles } from '../adapters/git/commit-files.ts'
import { fetchTip } from '../adapters/git/fetch.ts'
import { knownRemote } from '../adapters/git/remote-access.ts'
import { runCommand } from '../adapters/run-command.ts'
import { formatYaml } from '../adapters/yaml/format.ts'
import { pullRequestReasons } from '../core/approval/direct-lane.ts'
import {
  type EndedCommand,
  endedRun,
  endText,
  type FailedOutcome,
  type PlannedRun,
} from '../core/deployment/run-record.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { type Data, textAt } from '../core/record.ts'
import { fileOf } from '../core/record-id.ts'
import { type ChangeRunTold, changeRunJson, changeRunText } from '../render/change-run.ts'
import { conclude } from './conclude.ts'
import { judgeCommit, type Landed, landOnMainline, onlyOnBranch } from './land.ts'
import { mainlineOf } from './mainline-name.ts'
import { inRepository, worldIn } from './other-repository.ts'
import { gitIdentity } from './person.ts'
import { planRun } from './plan-run.ts'
import { openTip, type Tip } from './tip.ts'
import { sharingReader, type TreeReader } from './tree-reader.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm change run` is asked: which model to follow, with which fields, and the command that carries it out. */
export interface ChangeRunOptions {
  readonly model: string
  readonly set: readonly string[]
  /** The service that must be what the change is about. */
  readonly service?: string
  readonly note?: string
  /** The folder or address of the service repository; the folder of the command where left out. */
  readonly repo?: string
  readonly remote: string
  /** The mainline; what the remote calls its default where left out. */
  readonly branch?: string
  readonly failed: FailedOutcome
  /** Only asks whether it may be run. */
  readonly dryRun: boolean
  readonly command: readonly [string, ...string[]]
}

/** A run that may begin, and where it is to be recorded. */
interface ClearedRun {
  /** As seen from the service repository. */
  readonly world: World
  /** The folder that the command is run in. */
  readonly home: string
  readonly branch: string
  readonly run: PlannedRun
  readonly file: string
}

/**
 * Carries out a standard change: plans it by its model, asks the gate whether it may happen now, runs the command and
 * lands one commit on the mainline that holds the whole change. Its exit code is that of the command.
 */
export async function changeRun(world: World, options: ChangeRunOptions): Promise<Outcome> {
  return inRepository(world, options.repo, async (git) => {
    const inside = worldIn(world, git, options.repo)
    const service = { ...git, env: inside.env }
    const remote = await knownRemote(service, options.remote)
    const branch = options.branch ?? (await mainlineOf(service, remote))
    const reader = world.reader ?? sharingReader()
    const tip = await openTip(service, await fetchTip(service, remote, branch), reader)
    const run = await planRun(inside, tip, options)
    const shard = tip.snapshot.rulebook.config.shard
    const file = fileOf('change', run.id, world.now, true, shard)
    const cleared: ClearedRun = { world: inside, home: world.dir, branch, run, file }
    const refused = await refusal(cleared, tip, reader, options)
    if (refused) return refused
    const told = { id: run.id, file, title: textAt(run.data, 'title') ?? '', model: options.model }
    if (options.dryRun) return outcome(world, exit.pass, { ...told, kind: 'may_run' })
    world.say(`${run.id} may be carried out: ${options.command[0]}`)
    const [program, ...args] = options.command
    // The command has no use for what writes the service repository.
    const env = { ...world.env, GITSM_TOKEN: undefined, GITSM_CHANGE: run.id }
    const { clock = () => world.now } = world
    const stdout = world.format === 'json' ? 'stderr' : 'stdout'
    return runCommand({ program, args, dir: world.dir, env, stdout, clock }, async (ended) => {
      world.say(endText(ended))
      const landed = await landRun(cleared, ended, options)
      return outcome(world, ended.code, {
        ...told,
        kind: 'ran',
        ended,
        data: endedRun(run, ended, options.failed),
        landed,
      })
    })
  })
}

/**
 * What the gate would have against the change if it went well; `undefined` where nothing. It is asked again on landing.
 */
async function refusal(
  { world, run, file }: ClearedRun,
  tip: Tip,
  reader: TreeReader,
  { failed }: ChangeRunOptions,
): Promise<Outcome | undefined> {
  const data = endedRun(run, { from: world.now, until: world.now, code: 0 }, failed)
  const author = await gitIdentity(tip.git)
  const files = [{ path: file, text: fileText(file, data) }]
  const commit = await commitFiles(tip.git, { parent: tip.commit, files, message: run.id, author, at: world.now })
  const found = await judgeCommit(world, tip, commit, reader)
  const errors = found.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    world.say('Nothing was run')
    return conclude(world, { ...found, diagnostics: errors })
  }
  const because = pullRequestReasons({
    changes: found.changes ?? [],
    decisions: found.decisions ?? [],
    base: tip.snapshot.records,
  })
  const [first] = because
  if (first === undefined) return undefined
  throw new Fault(`Nothing was run: ${first}`, {
    cure: 'Have it approved by pull request and ask gitsm change-gate before it is carried out',
    code: exit.findings,
  })
}

/** Lands what the run came to; where that fails, the record is kept in a file and the cure says what to do with it. */
async function landRun(
  { world, home, branch, run, file }: ClearedRun,
  ended: EndedCommand,
  { failed, remote, note, repo }: ChangeRunOptions,
): Promise<Landed<string>> {
  const text = fileText(file, endedRun(run, ended, failed))
  const title = textAt(run.data, 'title') ?? run.id
  const message = `${title}: ${ended.code === 0 ? 'done' : 'failed'}\n\n${note ?? endText(ended)}\n\n${run.id}`
  const later = { ...world, now: Math.max(world.now, ended.until) }
  const make = async () => ({ files: [{ path: file, text }], message, made: run.id })
  try {
    const landed = await landOnMainline(later, { remote, branch, lane: 'either', make })
    if (landed.kind === 'proposed' && !landed.pull) throw onlyOnBranch(landed)
    if (landed.kind !== 'refused') return landed
    const [first] = landed.found.diagnostics.filter(({ severity }) => severity === 'error')
    throw new Fault(first?.message ?? 'the gate refused it', { cure: first?.hint ?? 'gitsm check tells why' })
  } catch (cause) {
    if (!(cause instanceof Fault)) throw cause
    const kept = join(world.env['RUNNER_TEMP'] ?? home, `${run.id}.yaml`)
    writeAtomically(kept, text)
    world.say(`What was to be recorded in ${file}:\n${text}`)
    throw new Fault(`${endText(ended)}, but ${run.id} could not be recorded: ${cause.message}`, {
      cure: `${cause.cure}. The record is kept in ${kept}; land it with: gitsm change land ${kept}${repo === undefined ? '' : ` --repo ${repo}`}`,
      code: exit.outside,
      cause,
    })
  }
}

function fileText(file: string, data: Data): string {
  const schema = posix.relative(dirname(file), 'schemas/change/schema.json')
  return `# yaml-language-server: $schema=${schema}\n${formatYaml(data)}`
}

function outcome({ format, colour }: World, code: number, told: ChangeRunTold): Outcome {
  return { code, out: format === 'json' ? changeRunJson(told) : changeRunText(told, colour) }
}
