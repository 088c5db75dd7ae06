import { Fault } from '../core/fault.ts'
import { fragment } from '../core/fragment.ts'
import type { Lifecycle } from '../core/lifecycle.ts'
import { isData, textAt, textsAt, valueAt } from '../core/record.ts'
import type { TreeFile } from '../core/tree.ts'
import { configurationIn, unknownName } from './configuration-file.ts'
import { lifecycleOf } from './lifecycle.ts'
import type { Schemas } from './schema.ts'
import { fieldsOf, follow, partAt, type SchemaFiles, type SchemaPart } from './schema-route.ts'

/**
 * Reads the lifecycle of a record type and holds it against the schema: both must list the same states, and every field
 * that the lifecycle names must exist. A `Fault` otherwise.
 */
export function readLifecycle(file: TreeFile, root: SchemaPart, schemas: Schemas, schemaFiles: SchemaFiles): Lifecycle {
  const lifecycle = lifecycleOf(file.path, configurationIn(file, 'schemas/_meta/lifecycle.json', schemas))
  const listed = statesOf(schemaFiles, root)
  const known = [...lifecycle.states.keys()]
  const odd = known.find((state) => !listed.includes(state)) ?? listed.find((state) => !known.includes(state))
  if (odd !== undefined) {
    throw new Fault(`${file.path} and the enum of \`state\` in ${root.file} differ: only one has ${fragment(odd)}`, {
      cure: 'List the same states in both',
    })
  }
  for (const field of fieldsNamed(lifecycle)) {
    if (!hasField(schemaFiles, root, field)) throw unknownName(file.path, 'the field', field, fieldsOf(root.schema))
  }
  return lifecycle
}

function statesOf(schemaFiles: SchemaFiles, { file, schema }: SchemaPart): readonly string[] {
  const state = valueAt(schema, ['properties', 'state'])
  if (!isData(state)) return []
  const ref = textAt(state, '$ref')
  const target = ref === undefined ? undefined : follow(schemaFiles, file, ref)
  return textsAt('enum' in state || !target ? state : target.schema, 'enum')
}

function fieldsNamed({ initial, states, transitions }: Lifecycle): readonly string[] {
  const cases = [...states.values()].flatMap((state) => state.cases ?? [])
  const conditional = [...initial, ...transitions, ...cases]
  return [
    ...transitions.flatMap(({ clears = [] }) => clears),
    ...conditional.flatMap(({ requires, when }) => [...requires, ...Object.keys(when ?? {})]),
    ...[...states.values()].flatMap(({ requires, reauthorise, clears }) => [...requires, ...reauthorise, ...clears]),
  ]
}

function hasField(schemaFiles: SchemaFiles, root: SchemaPart, path: string): boolean {
  return partAt(schemaFiles, root, path.split('.')) !== undefined
}
