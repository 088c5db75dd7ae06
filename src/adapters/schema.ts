import type { Diagnostic } from '../core/diagnostic.ts'
import { schemaChecks } from './schema-check.ts'
import { acceptingCompiler, explainingCompiler, proveByDialect, type SchemaCompiler } from './schema-compiler.ts'
import { sound, unsound } from './schema-fault.ts'
import { findingsOf } from './schema-findings.ts'
import type { SchemaFiles } from './schema-route.ts'
import { expandedSize, largestExpansion } from './schema-size.ts'

/** Judges data by the schemas of one tree. */
export interface Schemas {
  /** Whether the tree has a schema at a path. */
  has(schema: string): boolean
  /**
   * What the schema at a path (`schemas/incident/schema.json`) finds wrong with the data of a file, as diagnostics of
   * the rule `schema-valid`. Throws a `Fault` where the schema itself is wrong.
   */
  diagnose(schema: string, file: string, data: unknown): readonly Diagnostic[]
  /** Makes sure of every schema by the meta-schema of its dialect and by compiling; throws a `Fault` for the first wrong one. */
  prove(): void
}

/** From how many records of a type on its schema is worth compiling. */
const many = 150

/**
 * Opens the schemas of a tree. The first records of a type are judged by walking its schema, further ones by compiling
 * it, and both only say whether a record fits. What is wrong with one that does not fit, a third way says, which alone
 * decides.
 */
export function openSchemas(files: SchemaFiles): Schemas {
  const sizes = new Map<object, number>()
  for (const [file, schema] of files) {
    if (expandedSize(files, { file, schema }, sizes) <= largestExpansion) continue
    throw unsound(file, `its references expand to more than ${largestExpansion} parts`)
  }
  const checks = schemaChecks(files)
  const accepting = onDemand(() => acceptingCompiler(files))
  const explaining = onDemand(() => explainingCompiler(files))
  const judged = new Map<string, number>()

  function accepts(path: string, data: unknown): boolean {
    const before = judged.get(path) ?? 0
    judged.set(path, before + 1)
    const check = before < many ? sound(path, () => checks(path)) : undefined
    const accept = check ?? accepting(path)
    return sound(path, () => accept(data)) === true
  }

  return {
    has: (path) => files.has(path),
    diagnose(path, file, data) {
      if (accepts(path, data)) return []
      const explain = explaining(path)
      sound(path, () => explain(data))
      return findingsOf(files, path, data, explain.errors ?? []).map(({ route, at, message, hint }) => ({
        rule: 'schema-valid',
        severity: 'error',
        message,
        place: at ? { file, route, at } : { file, route },
        ...(hint === undefined ? {} : { hint }),
      }))
    },
    prove() {
      for (const [path, schema] of files) {
        // A check is made only of what the meta-schema allows.
        if (sound(path, () => checks(path))) continue
        proveByDialect(path, schema)
        accepting(path)
      }
    },
  }
}

function onDemand(make: () => SchemaCompiler): SchemaCompiler {
  let made: SchemaCompiler | undefined
  return (path) => {
    made ??= make()
    return made(path)
  }
}
