import type { Diagnostic } from '../core/diagnostic.ts'
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
  /**
   * Makes sure of every schema by the meta-schema of its dialect and by compiling; throws a `Fault` for the first wrong
   * one.
   */
  prove(): void
}

/**
 * Opens the schemas of a tree. A first validator only says whether a record fits, because that one is compiled sooner;
 * what is wrong with one that does not fit, a second one says.
 */
export function openSchemas(files: SchemaFiles): Schemas {
  const sizes = new Map<object, number>()
  for (const [file, schema] of files) {
    if (expandedSize(files, { file, schema }, sizes) <= largestExpansion) continue
    throw unsound(file, `its references expand to more than ${largestExpansion} parts`)
  }
  const accepting = onDemand(() => acceptingCompiler(files))
  const explaining = onDemand(() => explainingCompiler(files))

  return {
    has: (path) => files.has(path),
    diagnose(path, file, data) {
      const accept = accepting(path)
      if (sound(path, () => accept(data)) === true) return []
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
