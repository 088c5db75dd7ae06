import type { Route } from '../core/place.ts'
import { type Data, isData } from '../core/record.ts'
import { fieldsKnown, partAt, type SchemaFiles, type SchemaPart } from './schema-route.ts'

/**
 * A record with every field that its schema knows, `null` where the record leaves it out, in lists and mappings too. A
 * strict template can then ask for any field of the schema, while a misspelt one is still an error.
 */
export function withBlanks(files: SchemaFiles, root: SchemaPart, data: Data): Data {
  return filled(files, root, [], data)
}

function filled(files: SchemaFiles, root: SchemaPart, route: Route, data: Data): Data {
  const part = partAt(files, root, route)
  const blanks = (part ? fieldsKnown(files, part) : []).map((field): [string, unknown] => [field, null])
  const given = Object.entries(data).map(([field, value]): [string, unknown] => [
    field,
    filledValue(files, root, [...route, field], value),
  ])
  return Object.fromEntries([...blanks, ...given])
}

function filledValue(files: SchemaFiles, root: SchemaPart, route: Route, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => filledValue(files, root, [...route, index], item))
  return isData(value) ? filled(files, root, route, value) : value
}
