import { type Data, isData, textsAt } from '../core/record.ts'
import type { OrderedTime, ReferenceField } from '../core/record-type.ts'
import { follow, type SchemaFiles, type SchemaPart } from './schema-route.ts'

/**
 * The fields of a schema that carry `x-reference`, wherever they stand: through `$ref`, `properties`, `items`, maps and
 * branches. A schema that contains itself is followed once around.
 */
export function referencesOf(files: SchemaFiles, root: SchemaPart): readonly ReferenceField[] {
  const found = new Map<string, ReferenceField>()
  for (const field of annotated(files, root, [], [])) found.set(JSON.stringify(field), field)
  return [...found.values()]
}

function* annotated(
  files: SchemaFiles,
  part: SchemaPart,
  path: readonly string[],
  above: readonly Data[],
): Generator<ReferenceField> {
  const { schema } = part
  if (above.includes(schema)) return
  const to = textsAt(schema, 'x-reference')
  if (to.length > 0) yield { path, to }
  for (const [inner, step] of partsOf(files, part)) {
    yield* annotated(files, inner, [...path, ...step], [...above, schema])
  }
}

/** The parts right below a part of a schema, each with the step that its values lie below the part's own. */
function* partsOf(files: SchemaFiles, { file, schema }: SchemaPart): Generator<[SchemaPart, readonly string[]]> {
  const ref = schema['$ref']
  const target = typeof ref === 'string' ? follow(files, file, ref) : undefined
  if (target) yield [target, []]
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'properties' || keyword === 'patternProperties') {
      for (const [name, inner] of Object.entries(isData(value) ? value : {})) {
        if (isData(inner)) yield [{ file, schema: inner }, [keyword === 'properties' ? name : '*']]
      }
    } else if (['allOf', 'anyOf', 'oneOf', 'prefixItems'].includes(keyword) && Array.isArray(value)) {
      for (const inner of value.filter(isData)) yield [{ file, schema: inner }, keyword === 'prefixItems' ? ['*'] : []]
    } else if (['if', 'then', 'else'].includes(keyword) && isData(value)) {
      yield [{ file, schema: value }, []]
    } else if (['items', 'additionalProperties', 'unevaluatedProperties'].includes(keyword) && isData(value)) {
      yield [{ file, schema: value }, ['*']]
    }
  }
}

/** The top-level instants of a schema that carry `x-not-before`. */
export function orderedTimesOf(schema: Data): readonly OrderedTime[] {
  const fields = isData(schema['properties']) ? schema['properties'] : {}
  return Object.entries(fields).flatMap(([field, part]) => {
    const notBefore = isData(part) ? textsAt(part, 'x-not-before') : []
    return notBefore.length > 0 ? [{ field, notBefore }] : []
  })
}
