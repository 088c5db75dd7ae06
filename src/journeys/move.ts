import { join } from 'node:path'
import { refuseLinks, writeAtomically } from '../adapters/atomic-write.ts'
import { type Edit, editYaml } from '../adapters/yaml/edit.ts'
import { readYaml } from '../adapters/yaml/read.ts'
import { exit } from '../core/exit.ts'
import { Fault } from '../core/fault.ts'
import { findByName } from '../core/find-record.ts'
import { formatInstant, type Instant, parseInstant } from '../core/instant.ts'
import { type Lifecycle, requiredIn, type State } from '../core/lifecycle.ts'
import { nearest } from '../core/nearest.ts'
import { isData, listAt, type RecordDoc, textAt } from '../core/record.ts'
import { withValue } from '../core/with-value.ts'
import { json } from '../render/json.ts'
import { approvalNotices } from './approval-notice.ts'
import { assignedValue, assignmentOf } from './assignment.ts'
import { judgeWritten } from './judge-written.ts'
import { textOf } from './locate.ts'
import { personActing } from './person.ts'
import { openRepository } from './working-tree.ts'
import type { Outcome, World } from './world.ts'

/** What `gitsm move` is asked: which record into which state, with which fields and note. */
export interface MoveOptions {
  readonly name: string
  readonly state: string
  readonly set: readonly string[]
  readonly note?: string
}

/**
 * Takes a record of the working tree one step: sets fields and state and appends the step to `log`, in the layout of
 * the file. Nothing is written unless the result would pass `check`.
 */
export async function move(world: World, { name, state, set, note }: MoveOptions): Promise<Outcome> {
  const repository = await openRepository(world)
  const { root, git, snapshot, registry } = repository
  const record = findByName(name, snapshot.records.all)
  const lifecycle = lifecycleOf(record, snapshot.rulebook.types.get(record.type)?.lifecycle, state)
  const by = await personActing(git, snapshot.records)
  const assignments = set.map(assignmentOf).map((each) => ({
    route: each.route,
    value: assignedValue(registry, record.type, withValue(record.data, ['state'], state), each),
  }))
  const entry = { at: formatInstant(logTime(record, world.now)), by, state, ...(note === undefined ? {} : { note }) }
  const edits: readonly Edit[] = [
    { route: ['state'], value: state },
    ...fieldsLeftBehind(record, lifecycle, state).map((route) => ({ route, value: undefined })),
    ...assignments,
    { route: ['log'], append: entry },
  ]
  const text = editYaml(textOf(snapshot.files.get(record.file)), edits)
  const judged = await judgeWritten(world, repository, { file: record.file, text, before: record })
  if (judged) return judged
  refuseLinks(root, join(root, record.file))
  writeAtomically(join(root, record.file), text)
  const { data } = readYaml(record.file, new TextEncoder().encode(text))
  const after = { ...record, data: isData(data) ? data : record.data }
  for (const line of approvalNotices(snapshot, { before: record, after })) world.say(line)
  const from = textAt(record.data, 'state') ?? ''
  const moved = { id: record.id, file: record.file, from, to: state }
  return {
    code: exit.pass,
    out: world.format === 'json' ? json(moved) : `${record.id}  ${from} → ${state}\n${record.file}\n`,
  }
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

/** Fields that only the state being left requires, such as the reason for a hold: they would be stale afterwards. */
function fieldsLeftBehind({ data }: RecordDoc, { states }: Lifecycle, to: string): readonly (readonly string[])[] {
  const from = textAt(data, 'state') ?? ''
  if (from === to) return []
  const others = new Set([...states.values()].filter((state) => state.name !== from).flatMap(everyRequirement))
  const state = states.get(from)
  const left = (state ? requiredIn(state, data) : []).filter((path) => !others.has(path) && !path.includes('.'))
  return left.filter((path) => Object.hasOwn(data, path)).map((path) => [path])
}

function everyRequirement({ requires, cases = [] }: State): readonly string[] {
  return [...requires, ...cases.flatMap((each) => each.requires)]
}
