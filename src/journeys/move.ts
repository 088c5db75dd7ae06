import { join } from 'node:path'
import { refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { type Edit, editYaml } from '../adapters/yaml/edit.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findByName } from '../core/find-record.ts'
import { formatInstant, type Instant, parseInstant } from '../core/instant.ts'
import { type Lifecycle, requiredIn, transition } from '../core/lifecycle.ts'
import { nearest } from '../core/nearest.ts'
import { openParts } from '../core/open-parts.ts'
import { type Data, isData, isFilled, listAt, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import { withValue } from '../core/with-value.ts'
import { json } from '../render/json.ts'
import { approvalNotices } from './approval-notice.ts'
import { assignedValue, assignmentOf } from './assignment.ts'
import { conclude } from './conclude.ts'
import { judgeTogether, type Written } from './judge-written.ts'
import { textOf } from './locate.ts'
import { personActing } from './person.ts'
import { treeFileOf } from './tree-file.ts'
import { type OpenRepository, openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm move` is asked: which record into which state, with which fields and note. */
export interface MoveOptions {
  readonly name: string
  readonly state: string
  readonly set: readonly string[]
  readonly note?: string
  /** Whether the open parts of the record take the same step with it. */
  readonly withChildren?: boolean
}

/**
 * Takes a record of the working tree one step, with its parts where that is asked: sets fields and state and appends
 * the step to `log`, in the layout of the file. Nothing is written unless all of it would pass `check`.
 */
export async function move(world: World, options: MoveOptions): Promise<Outcome> {
  const { name, state, set, note, withChildren = false } = options
  const repository = await openRepository(world)
  const { root, git, snapshot, registry } = repository
  const record = findByName(name, snapshot.records.all)
  const lifecycle = lifecycleOf(record, snapshot.rulebook.types.get(record.type)?.lifecycle, state)
  const by = await personActing(git, snapshot.records)
  const assignments = set.map(assignmentOf).map((each) => ({
    route: each.route,
    value: assignedValue(registry, record.type, withValue(record.data, ['state'], state), each),
  }))
  const stepOf = (each: RecordDoc, edits: readonly Edit[], remark: string | undefined): Step => {
    const entry = {
      at: formatInstant(logTime(each, world.now)),
      by,
      state,
      ...(remark !== undefined && { note: remark }),
    }
    const text = editYaml(textOf(snapshot.files.get(each.file)), [
      { route: ['state'], value: state },
      ...clearedFields(each, lifecycle, state).map((field) => ({ route: [field], value: undefined })),
      ...edits,
      { route: ['log'], append: entry },
    ])
    return { file: each.file, text, before: each, from: textAt(each.data, 'state') ?? '' }
  }
  const told = assignments.reduce<Data>((data, { route, value }) => withValue(data, route, value), record.data)
  const parts = withChildren ? openParts(record, snapshot.records, lifecycle, state) : []
  const steps = [
    stepOf(record, assignments, note),
    ...parts.map((part) => stepOf(part, inherited(told, part, lifecycle, state), note ?? `Together with ${record.id}`)),
  ]
  const refused = await refusal(world, repository, steps)
  if (refused) return refused
  for (const { file } of steps) refuseLinks(root, join(root, file))
  for (const { file, text } of steps) writeAtomically(join(root, file), text)
  for (const { file, text, before } of steps) {
    const { data } = readYaml(file, new TextEncoder().encode(text))
    const after = { ...before, data: isData(data) ? data : before.data }
    for (const line of approvalNotices(snapshot, { before, after })) world.say(line)
  }
  const moved = steps.map(({ before: { id }, file, from }) => ({ id, file, from, to: state }))
  const [first, ...children] = moved
  return {
    code: exit.pass,
    out:
      world.format === 'json'
        ? json({ ...first, ...(withChildren && { children }) })
        : moved.map(({ id, file, from, to }) => `${id}  ${from} → ${to}\n${file}\n`).join(''),
  }
}

/** A file as a step leaves it. */
interface Step extends Written {
  readonly before: RecordDoc
  readonly from: string
}

/** What stands against any of the steps, as the outcome of the command. */
async function refusal(world: World, repository: OpenRepository, steps: readonly Step[]): Promise<Outcome | undefined> {
  const found = await judgeTogether(world, repository, steps)
  if (found.length === 0) return undefined
  world.say('Nothing was written; fields are given with --set path=value')
  const files = new Map(steps.map((step) => [step.file, treeFileOf(step)]))
  return conclude(world, { diagnostics: found, files, records: steps.length })
}

/** What a part takes over from its whole: the fields that the state requires and the part does not have. */
function inherited(whole: Data, { data }: RecordDoc, { states }: Lifecycle, to: string): readonly Edit[] {
  const state = states.get(to)
  return (state ? requiredIn(state, data) : [])
    .map((path) => path.split('.'))
    .filter((route) => !isFilled(valueAt(data, route)) && isFilled(valueAt(whole, route)))
    .map((route) => ({ route, value: valueAt(whole, route) }))
}

/** Now, or the time of the last log entry where a clock that went ahead wrote it: the log reads forwards. */
function logTime({ data }: RecordDoc, now: Instant): Instant {
  const times = listAt(data, 'log').map((entry) =>
    isData(entry) ? parseInstant(textAt(entry, 'at') ?? '') : undefined,
  )
  return Math.max(now, ...times.filter((at) => at !== undefined))
}

function lifecycleOf({ id, type, data }: RecordDoc, lifecycle: Lifecycle | undefined, state: string): Lifecycle {
  if (!lifecycle) throw new Fault(`${id} has no states, because ${type} has no lifecycle`, { cure: 'Edit its file' })
  if (textAt(data, 'state') === state) {
    throw new Fault(`${id} is ${state} already`, { cure: 'To add a note only, edit its log', code: exit.findings })
  }
  if (lifecycle.states.has(state)) return lifecycle
  const guess = nearest(state, lifecycle.states.keys())
  throw new Fault(`Records of type ${type} have no state ${JSON.stringify(state)}`, {
    cure: guess ? `Did you mean ${guess}?` : `Its states are ${[...lifecycle.states.keys()].join(', ')}`,
  })
}

/** The fields that the record carries and that the state being left, or the step itself, clears. */
function clearedFields({ data }: RecordDoc, lifecycle: Lifecycle, to: string): readonly string[] {
  const from = textAt(data, 'state') ?? ''
  const taken = transition(lifecycle, from, to, data)
  const cleared = [...(lifecycle.states.get(from)?.clears ?? []), ...(taken?.clears ?? [])]
  return [...new Set(cleared)].filter((field) => Object.hasOwn(data, field))
}
