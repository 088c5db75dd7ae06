import { type Data, isData, textAt } from '../core/record.ts'
import { follow, type SchemaFiles, type SchemaPart } from './schema-route.ts'

/** How many parts a schema may have with every reference written out: judging a record takes time in proportion. */
export const largestExpansion = 100_000

/**
 * How many parts a schema has with every `$ref` written out, at most one more than `largestExpansion`. A part that
 * refers to itself counts once: how often it applies depends on the record, and records are small. Takes time linear in
 * the schema, however large its expansion.
 */
export function expandedSize(files: SchemaFiles, part: SchemaPart, known: Map<object, number> = new Map()): number {
  const { file, schema } = part
  const before = known.get(schema)
  if (before !== undefined) return before
  known.set(schema, 1)
  const ref = textAt(schema, '$ref')
  const target = ref === undefined ? undefined : follow(files, file, ref)
  const parts = [...(target ? [target] : []), ...innerParts(part)]
  const size = parts.reduce((sum, inner) => Math.min(largestExpansion + 1, sum + expandedSize(files, inner, known)), 1)
  known.set(schema, size)
  return size
}

function innerParts({ file, schema }: SchemaPart): readonly SchemaPart[] {
  const below = (value: unknown): readonly Data[] =>
    Array.isArray(value) ? value.flatMap(below) : isData(value) ? [value] : []
  return Object.entries(schema).flatMap(([keyword, value]) =>
    keyword === '$defs' ? [] : below(value).map((inner) => ({ file, schema: inner })),
  )
}
