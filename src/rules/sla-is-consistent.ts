import type { Facts } from '../core/facts.ts'
import { nearest } from '../core/nearest.ts'
import type { Route } from '../core/place.ts'
import { type Data, isData, listAt, type RecordDoc, textAt, textsAt } from '../core/record.ts'
import type { RecordType } from '../core/record-type.ts'
import type { Finding, Rule } from '../core/rule.ts'
import { fieldSchema } from '../core/schema-field.ts'
import { priorities } from '../core/sla.ts'

/**
 * An agreement's clocks can start, pause and stop on the records that it covers, and have a target for each priority.
 *
 * A misspelt state or hold reason is a pause that never comes: the clock would run on, and its figures be wrong.
 */
export const slaIsConsistent: Rule = {
  id: 'sla-is-consistent',
  severity: 'error',
  summary: 'Clocks name states, hold reasons and fields that exist, and have a target for each priority',
  local: true,
  *check(facts) {
    for (const record of facts.records.ofType('sla')) {
      const appliesTo = isData(record.data['applies_to']) ? record.data['applies_to'] : {}
      const types = coveredTypes(facts, appliesTo)
      yield* selectorFindings(record, appliesTo, types, facts)
      const targets = isData(record.data['targets']) ? record.data['targets'] : {}
      for (const [name, target] of Object.entries(targets)) {
        if (!isData(target)) continue
        const route = ['targets', name]
        yield* stateFindings(record.file, route, target, types)
        yield* contradictions(record.file, route, target)
        yield* targetFindings(record.file, route, target, neededPriorities(facts, appliesTo))
      }
    }
  },
}

function coveredTypes({ rulebook }: Facts, appliesTo: Data): readonly RecordType[] {
  const named = textsAt(appliesTo, 'type')
  return [...rulebook.types.values()].filter(({ name, lifecycle }) =>
    named.length === 0 ? lifecycle !== undefined : named.includes(name),
  )
}

function* selectorFindings(
  { file }: RecordDoc,
  appliesTo: Data,
  types: readonly RecordType[],
  { rulebook }: Facts,
): Generator<Finding> {
  for (const [index, type] of textsAt(appliesTo, 'type').entries()) {
    if (rulebook.types.has(type)) continue
    const guess = nearest(type, [...rulebook.types.keys()])
    yield {
      message: `There is no record type ${type}`,
      place: { file, route: Array.isArray(appliesTo['type']) ? ['applies_to', 'type', index] : ['applies_to', 'type'] },
      hint: guess ? `Did you mean ${guess}?` : `Name one of ${[...rulebook.types.keys()].join(', ')}`,
    }
  }
  if (types.length === 0) return
  const fields = types.flatMap(({ schema }) => (isData(schema['properties']) ? Object.keys(schema['properties']) : []))
  for (const field of Object.keys(appliesTo)) {
    if (field === 'type' || fields.includes(field)) continue
    const guess = nearest(field, fields)
    yield {
      message: `${types.map(({ name }) => name).join(' and ')} records have no field ${field}`,
      place: { file, route: ['applies_to', field], at: 'key' },
      hint: guess ? `Did you mean ${guess}?` : 'Such an agreement covers no record; name a field that they have',
    }
  }
}

/** States must exist in the lifecycle, hold reasons in the schema, of at least one of the types. */
function* stateFindings(file: string, route: Route, target: Data, types: readonly RecordType[]): Generator<Finding> {
  const states = [...new Set(types.flatMap(({ lifecycle }) => [...(lifecycle?.states.keys() ?? [])]))]
  const reasons = [...new Set(types.flatMap(({ schema }) => holdReasons(schema)))]
  for (const field of ['start', 'stop', 'pause']) {
    for (const [index, item] of listAt(target, field).entries()) {
      if (typeof item !== 'string') continue
      const place = { file, route: [...route, field, index] }
      const [state = '', reason, ...more] = item.split(':')
      if (state === '' || reason === '' || more.length > 0) {
        yield { message: `"${item}" is no state`, place, hint: 'Write on_hold, or on_hold:awaiting_caller' }
      } else if (states.length > 0 && !states.includes(state)) {
        yield {
          message: `${types.map(({ name }) => name).join(' and ')} records have no state ${state}`,
          place,
          hint: guessed(state, states),
        }
      } else if (reason !== undefined && state !== 'on_hold') {
        yield { message: `${state} has no hold reason`, place, hint: `Write ${state}; only on_hold has reasons` }
      } else if (reason !== undefined && reasons.length > 0 && !reasons.includes(reason)) {
        yield { message: `There is no hold reason ${reason}`, place, hint: guessed(reason, reasons) }
      }
    }
  }
}

function holdReasons(schema: Data): readonly string[] {
  return textsAt(fieldSchema(schema, 'hold_reason') ?? {}, 'enum')
}

function guessed(word: string, known: readonly string[]): string {
  const guess = nearest(word, known)
  return guess === undefined ? `Name one of ${known.join(', ')}` : `Did you mean ${guess}?`
}

function* contradictions(file: string, route: Route, target: Data): Generator<Finding> {
  const stop = new Set(textsAt(target, 'stop'))
  for (const field of ['start', 'pause']) {
    for (const [index, item] of textsAt(target, field).entries()) {
      const state = item.split(':')[0] ?? ''
      if (!stop.has(state)) continue
      yield {
        message: `${state} cannot both ${field} and stop a clock`,
        place: { file, route: [...route, field, index] },
        hint: `Leave it in ${field} or in stop`,
      }
    }
  }
}

function neededPriorities({ rulebook }: Facts, appliesTo: Data): readonly string[] {
  const named = textsAt(appliesTo, 'priority')
  if (named.length > 0) return named
  const { matrix } = rulebook.config
  const derived = matrix ? Object.values(matrix).flatMap((row) => Object.values(row)) : priorities
  return [...new Set(derived)].sort()
}

function* targetFindings(file: string, route: Route, target: Data, needed: readonly string[]): Generator<Finding> {
  const allowed = target['target']
  if (!isData(allowed) || textAt(allowed, 'default') !== undefined) return
  const missing = needed.filter((priority) => textAt(allowed, priority) === undefined)
  if (missing.length === 0) return
  yield {
    message: `${String(route.at(-1))} has no target for ${missing.join(', ')}`,
    place: { file, route: [...route, 'target'] },
    hint: `Add default, or a target for ${missing.join(', ')}`,
  }
}
