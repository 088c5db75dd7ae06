import { posix } from 'node:path'
import type { Route } from '../core/place.ts'
import { type Data, isData, listAt, textAt, valueAt } from '../core/record.ts'

/** The schema files of a tree, parsed, by path. */
export type SchemaFiles = ReadonlyMap<string, Data>

/** A part of a schema, and the file that its relative references start from. */
export interface SchemaPart {
  readonly file: string
  readonly schema: Data
}

/** The route that a JSON pointer takes through a value: numbers where it enters a list. */
export function pointerRoute(pointer: string, root: unknown): Route {
  const keys = pointer.split('/').slice(1)
  const route: (string | number)[] = []
  for (const key of keys) {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~')
    route.push(Array.isArray(valueAt(root, route)) ? Number(name) : name)
  }
  return route
}

/** The part of a schema that a `$ref` leads to, in its own file or another of the tree; `undefined` if nowhere. */
export function follow(files: SchemaFiles, from: string, ref: string): SchemaPart | undefined {
  const [path = '', pointer = ''] = ref.split('#')
  const file = path === '' ? from : posix.normalize(posix.join(posix.dirname(from), path))
  const document = files.get(file)
  const schema = valueAt(document, pointerRoute(pointer, document))
  return isData(schema) ? { file, schema } : undefined
}

/**
 * What a schema says of the field at a route, as near to the field as it says anything: the part that carries a
 * description of its own, through `$ref`, `properties`, `items` and the like.
 */
export function partAt(files: SchemaFiles, start: SchemaPart, route: Route): SchemaPart | undefined {
  let part: SchemaPart | undefined = start
  for (const key of route) part = part && step(files, part, key, new Set())
  return part
}

function step(files: SchemaFiles, part: SchemaPart, key: string | number, seen: Set<Data>): SchemaPart | undefined {
  const { file, schema } = part
  if (seen.has(schema)) return undefined
  seen.add(schema)
  const own = [valueAt(schema, typeof key === 'number' ? ['items'] : ['properties', key])].filter(isData)
  const described = own.find((found) => 'description' in found || '$ref' in found)
  if (described) return { file, schema: described }
  for (const beside of branches(files, part)) {
    const found = step(files, beside, key, seen)
    if (found) return found
  }
  const other = typeof key === 'string' ? [schema['additionalProperties']].filter(isData) : []
  const [found] = [...own, ...other]
  return found && { file, schema: found }
}

/** The other parts that speak of the same value: where `$ref` leads, and the branches of `allOf` and the like. */
function branches(files: SchemaFiles, { file, schema }: SchemaPart): readonly SchemaPart[] {
  const ref = schema['$ref']
  const target = typeof ref === 'string' ? follow(files, file, ref) : undefined
  const inner = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listAt(schema, keyword)).filter(isData)
  return [...(target ? [target] : []), ...inner.map((branch) => ({ file, schema: branch }))]
}

/** The names of the fields that a part of a schema lists itself. */
export function fieldsOf(schema: Data): readonly string[] {
  return Object.keys(isData(schema['properties']) ? schema['properties'] : {})
}

/** The names of the fields that a part of a schema lists, itself or through `$ref` and branches. */
export function fieldsKnown(files: SchemaFiles, part: SchemaPart, seen: Set<Data> = new Set()): readonly string[] {
  if (seen.has(part.schema)) return []
  seen.add(part.schema)
  const inherited = branches(files, part).flatMap((beside) => fieldsKnown(files, beside, seen))
  return [...new Set([...fieldsOf(part.schema), ...inherited])]
}

/** What a part of a schema says, together with what it refers to; its own words win. */
export function resolved(files: SchemaFiles, { file, schema }: SchemaPart, depth = 8): Data {
  const ref = textAt(schema, '$ref')
  const target = ref === undefined || depth === 0 ? undefined : follow(files, file, ref)
  return target ? { ...resolved(files, target, depth - 1), ...schema } : schema
}
