import { impliedByModel, modelDefaults, modelStanding } from '../core/change-model.ts'
import type { RecordIndex } from '../core/facts.ts'
import { type Instant, parseDuration, parseInstant } from '../core/instant.ts'
import type { Route } from '../core/place.ts'
import { type Change, type Data, isData, type RecordDoc, textAt, textsAt } from '../core/record.ts'
import type { Rule } from '../core/rule.ts'
import { isSame } from '../core/same.ts'

interface Told {
  readonly route: Route
  readonly message: string
  readonly hint: string
  readonly at?: 'key'
}

/**
 * Fields that a change may have only if its model gives them. Nobody approves a standard change, so nobody would its
 * waivers.
 */
const settled: readonly string[] = [...impliedByModel.slice(1), 'services', 'cis', 'outage_minutes', 'waivers']

/**
 * A standard change needs no approval of its own because it is what its model says: only the parameters may differ, and
 * the model must be good at the time.
 */
export const standardFollowsModel: Rule = {
  id: 'standard-follows-model',
  severity: 'error',
  summary: 'A standard change differs from its model in the parameters only, and the model may be followed',
  *check({ changes, records }) {
    for (const change of changes) {
      if (change.kind === 'removed' || change.after.type !== 'change') continue
      const { after } = change
      const model = records.find('change-model', textAt(after.data, 'model') ?? '')
      if (!model || textAt(after.data, 'change_type') !== 'standard' || isOver(change, model)) continue
      const again = change.kind === 'edited' && textAt(change.before.data, 'model') === model.id
      const told = [
        ...(again ? [] : standing(after, model, records)),
        ...aboutParameters(after, model, records),
        ...aboutDefaults(after, model),
        ...aboutDuration(after, model),
      ]
      const related = [{ place: { file: model.file, route: [] }, message: `the model ${model.id}` }]
      yield* told.map(({ route, message, hint, at }) => ({
        message,
        place: { file: after.file, route, ...(at && { at }) },
        hint,
        related,
      }))
    }
  },
}

/**
 * What is over keeps what it was, whatever its model says today. What is told only when it is over, or is told
 * otherwise then, was never asked.
 */
function isOver(change: Exclude<Change, { readonly kind: 'removed' }>, model: RecordDoc): boolean {
  const { after } = change
  if (change.kind === 'added' || !['closed', 'cancelled'].includes(textAt(after.data, 'state') ?? '')) return false
  const defaults = isData(model.data['defaults']) ? Object.keys(model.data['defaults']) : []
  const plan = ['change_type', 'model', 'parameters', 'planned_start', 'planned_end', ...settled, ...defaults]
  return plan.every((field) => isSame(change.before.data[field], after.data[field]))
}

/** A change that was born by a good model may finish; one that is planned for a time after it expires may not begin. */
function* standing({ id, data }: RecordDoc, model: RecordDoc, records: RecordIndex): Generator<Told> {
  for (const field of ['opened_at', 'planned_start']) {
    const at = parseInstant(textAt(data, field) ?? '')
    const verdict = at === undefined ? undefined : modelStanding(model, records, at)
    if (!verdict || verdict.met) continue
    const message = `${id} cannot follow ${model.id}: ${verdict.because}`
    yield { route: ['model'], message, hint: 'Make it a normal change, or have the model published anew' }
    return
  }
}

function* aboutParameters({ data }: RecordDoc, model: RecordDoc, records: RecordIndex): Generator<Told> {
  const known = isData(model.data['parameters']) ? model.data['parameters'] : {}
  const given = isData(data['parameters']) ? data['parameters'] : {}
  for (const name of Object.keys(given).filter((each) => !Object.hasOwn(known, each))) {
    const hint = `It leaves ${Object.keys(known).join(', ')} open`
    yield { route: ['parameters', name], at: 'key', message: `${model.id} has no parameter ${name}`, hint }
  }
  for (const [name, parameter] of Object.entries(known)) {
    if (!isData(parameter)) continue
    const value = given[name]
    if (value === undefined) {
      if (parameter['optional'] === true) continue
      const route = 'parameters' in data ? ['parameters'] : ['model']
      yield {
        route,
        message: `${model.id} asks for the parameter ${name}`,
        hint: textAt(parameter, 'description') ?? '',
      }
      continue
    }
    const problem = problemOf(value, parameter, data, records)
    if (problem) yield { route: ['parameters', name], ...problem }
  }
}

function problemOf(value: unknown, parameter: Data, data: Data, records: RecordIndex): Omit<Told, 'route'> | undefined {
  const kind = textAt(parameter, 'kind') ?? 'text'
  const values: readonly unknown[] = Array.isArray(parameter['values']) ? parameter['values'] : []
  if (values.length > 0 && !values.includes(value)) {
    return { message: `${String(value)} is not among the values that the model allows`, hint: values.join(', ') }
  }
  if (kind !== 'ci' && kind !== 'service') {
    const wanted = kind === 'text' ? 'string' : kind
    return typeof value === wanted ? undefined : { message: `This parameter is a ${kind}`, hint: `Give a ${kind}` }
  }
  const id = String(value)
  if (!records.find(kind, id)) return { message: `There is no ${kind} ${id}`, hint: `gitsm list ${kind} shows them` }
  const field = kind === 'ci' ? 'cis' : 'services'
  if (textsAt(data, field).includes(id)) return undefined
  return { message: `${id} is not among the ${field} of the change`, hint: `Add it to ${field}` }
}

function* aboutDefaults({ data }: RecordDoc, model: RecordDoc): Generator<Told> {
  const defaults = modelDefaults(model, isData(data['parameters']) ? data['parameters'] : {})
  for (const [field, value] of defaults) {
    if (field in data ? isSame(data[field], value) : impliedByModel.includes(field)) continue
    const route = field in data ? [field] : ['model']
    const message = `${field} is not what ${model.id} says`
    yield {
      route,
      message,
      hint: `Write ${JSON.stringify(value)}${impliedByModel.includes(field) ? ', or leave it out' : ''}`,
    }
  }
  for (const field of settled) {
    if (!(field in data) || defaults.has(field)) continue
    const hint = 'Remove it, or make this a normal change'
    yield { route: [field], message: `${model.id} says nothing of ${field}, so its changes cannot`, hint }
  }
}

function* aboutDuration({ data }: RecordDoc, model: RecordDoc): Generator<Told> {
  const most = parseDuration(textAt(model.data, 'max_duration') ?? '')
  const [start, end] = [instantAt(data, 'planned_start'), instantAt(data, 'planned_end')]
  if (most === undefined || start === undefined || end === undefined || end - start <= most) return
  const message = `Changes of ${model.id} last ${textAt(model.data, 'max_duration')} at most`
  yield { route: ['planned_end'], message, hint: 'Plan less time, or make it a normal change' }
}

function instantAt(data: Data, field: string): Instant | undefined {
  return parseInstant(textAt(data, field) ?? '')
}
