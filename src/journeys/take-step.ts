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
import { assignmentOf, meantValue } from './assignment.ts'
import { textOf } from './locate.ts'
import type { OpenRepository } from './working-tree.ts'

/** Which record is to go into which state, with which fields and note. */
export interface StepOptions {
  readonly name: string
  readonly state: string
  readonly set: readonly string[]
  readonly note?: string
  /** Whether the open parts of the record take the same step with it. */
  readonly withChildren?: boolean
}

/** A record file before and after a step. */
export interface Step {
  readonly file: string
  readonly text: string
  readonly before: RecordDoc
  readonly after: RecordDoc
  readonly from: string
  readonly to: string
}

/**
 * A step of a record, and of its open parts where that is asked: sets fields and state and appends the step to `log`,
 * in the layout of the file. Whether it is allowed is not judged here.
 */
export function stepsOf(
  { snapshot, registry }: Pick<OpenRepository, 'snapshot' | 'registry'>,
  { name, state, set, note, withChildren = false }: StepOptions,
  { by, now }: { readonly by: string; readonly now: Instant },
): readonly Step[] {
  const record = findByName(name, snapshot.records.all)
  const lifecycle = lifecycleOf(record, snapshot.rulebook.types.get(record.type)?.lifecycle, state)
  const assignments = set.map(assignmentOf).map((each) => ({
    route: each.route,
    value: meantValue(registry, record.type, withValue(record.data, ['state'], state), each, snapshot.records),
  }))
  const stepOf = (before: RecordDoc, edits: readonly Edit[], remark: string | undefined): Step => {
    const entry = {
      at: formatInstant(logTime(before, now)),
      by,
      state,
      ...(remark !== undefined && { note: remark }),
    }
    const { file } = before
    const text = editYaml(textOf(snapshot.files.get(file)), [
      { route: ['state'], value: state },
      ...clearedFields(before, lifecycle, state).map((field) => ({ route: [field], value: undefined })),
      ...edits,
      { route: ['log'], append: entry },
    ])
    const { data } = readYaml(file, new TextEncoder().encode(text))
    const after = { ...before, data: isData(data) ? data : before.data }
    return { file, text, before, after, from: textAt(before.data, 'state') ?? '', to: state }
  }
  const told = assignments.reduce<Data>((data, { route, value }) => withValue(data, route, value), record.data)
  const parts = withChildren ? openParts(record, snapshot.records, lifecycle, state) : []
  return [
    stepOf(record, assignments, note),
    ...parts.map((part) => stepOf(part, inherited(told, part, lifecycle, state), note ?? `Together with ${record.id}`)),
  ]
}

/** A note in the log of a record, which stays in its state. */
export function noteOn(
  { snapshot }: Pick<OpenRepository, 'snapshot'>,
  { name, note }: { readonly name: string; readonly note: string },
  { by, now }: { readonly by: string; readonly now: Instant },
): Step {
  const before = findByName(name, snapshot.records.all)
  const entry = { at: formatInstant(logTime(before, now)), by, note }
  const text = editYaml(textOf(snapshot.files.get(before.file)), [{ route: ['log'], append: entry }])
  const { data } = readYaml(before.file, new TextEncoder().encode(text))
  const state = textAt(before.data, 'state') ?? ''
  return {
    file: before.file,
    text,
    before,
    after: { ...before, data: isData(data) ? data : {} },
    from: state,
    to: state,
  }
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
export function logTime({ data }: RecordDoc, now: Instant): Instant {
  const times = listAt(data, 'log').map((entry) =>
    isData(entry) ? parseInstant(textAt(entry, 'at') ?? '') : undefined,
  )
  return Math.max(now, ...times.filter((at) => at !== undefined))
}

function lifecycleOf({ id, type, data }: RecordDoc, lifecycle: Lifecycle | undefined, state: string): Lifecycle {
  if (!lifecycle) throw new Fault(`${id} has no states, because ${type} has no lifecycle`, { cure: 'Edit its file' })
  if (textAt(data, 'state') === state) {
    throw new Fault(`${id} is ${state} already${stepTaken(data, state)}`, {
      cure: 'To add a note only, edit its log',
      code: exit.findings,
    })
  }
  if (lifecycle.states.has(state)) return lifecycle
  const guess = nearest(state, lifecycle.states.keys())
  throw new Fault(`Records of type ${type} have no state ${JSON.stringify(state)}`, {
    cure: guess ? `Did you mean ${guess}?` : `Its states are ${[...lifecycle.states.keys()].join(', ')}`,
  })
}

/** Who took the last step into a state and when, where the log tells. */
function stepTaken(data: Data, state: string): string {
  const entry = listAt(data, 'log').findLast((each) => isData(each) && textAt(each, 'state') === state)
  if (!isData(entry)) return ''
  const [by, at] = [textAt(entry, 'by'), textAt(entry, 'at')]
  return by === undefined || at === undefined ? '' : `: ${by} took the step at ${at}`
}

/** The fields that the record carries and that the state being left, or the step itself, clears. */
function clearedFields({ data }: RecordDoc, lifecycle: Lifecycle, to: string): readonly string[] {
  const from = textAt(data, 'state') ?? ''
  const taken = transition(lifecycle, from, to, data)
  const cleared = [...(lifecycle.states.get(from)?.clears ?? []), ...(taken?.clears ?? [])]
  return [...new Set(cleared)].filter((field) => Object.hasOwn(data, field))
}
