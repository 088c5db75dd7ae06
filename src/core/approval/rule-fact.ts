import { conflictKinds } from '../conflict.ts'
import { isData, textsAt } from '../record.ts'
import type { RecordType } from '../record-type.ts'
import { riskLevels } from '../risk-level.ts'
import { fieldSchema } from '../schema-field.ts'

/** The facts that every rule of a policy may ask for, with their possible values where these are known. */
const known: ReadonlyMap<string, readonly unknown[] | undefined> = new Map<string, readonly unknown[] | undefined>([
  ['type', undefined],
  ['event', ['added', 'edited', 'removed']],
  ['only', undefined],
  ['state', undefined],
  ['risk', riskLevels],
  ['tier', [1, 2, 3, 4]],
  ['service', undefined],
  ['ci', undefined],
  ['window', undefined],
  ['conflict', conflictKinds],
  ['path', undefined],
])

/** The names of the facts that a rule may ask for, of records of the given types. */
export function factNames(types: readonly RecordType[]): readonly string[] {
  return [...new Set([...known.keys(), ...fieldNames(types)])]
}

function fieldNames(types: readonly RecordType[]): readonly string[] {
  const fields = types.flatMap(({ schema }) => (isData(schema['properties']) ? Object.keys(schema['properties']) : []))
  return [...new Set(fields)]
}

/** The values that a fact can have; `undefined` where it may be anything. */
export function factValues(fact: string, types: readonly RecordType[]): readonly unknown[] | undefined {
  if (fact === 'type') return types.map(({ name }) => name)
  if (fact === 'state') {
    const states = types.flatMap(({ lifecycle }) => [...(lifecycle?.states.keys() ?? [])])
    return types.length === 0 ? undefined : [...new Set(states)]
  }
  if (fact === 'only') return types.length === 0 ? undefined : fieldNames(types)
  if (known.has(fact)) return known.get(fact)
  const choices = types.map(({ schema }) => fieldSchema(schema, fact)).filter((field) => field !== undefined)
  if (choices.length === 0 || choices.some((field) => !Array.isArray(field['enum']))) return undefined
  return [...new Set(choices.flatMap((field) => textsAt(field, 'enum')))]
}
