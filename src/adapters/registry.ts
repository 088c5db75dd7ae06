import { compare, type Diagnostic } from '../core/diagnostic.ts'
import type { Rulebook } from '../core/facts.ts'
import { Fault } from '../core/fault.ts'
import { fragment } from '../core/fragment.ts'
import { type Data, isData, textAt, valueAt } from '../core/record.ts'
import type { RecordType } from '../core/record-type.ts'
import type { TreeFile } from '../core/tree.ts'
import { configFile, readConfig } from './config.ts'
import { jsonIn, unknownName } from './configuration-file.ts'
import { openSchemas, type Schemas } from './schema.ts'
import { orderedTimesOf, referencesOf } from './schema-annotation.ts'
import { withBlanks } from './schema-blanks.ts'
import { readLifecycle } from './schema-lifecycle.ts'
import { fieldsOf, resolved, type SchemaFiles } from './schema-route.ts'

/** The rules of a service repository, with its schemas ready to judge records. */
export interface Registry {
  readonly rulebook: Rulebook
  /** What the schema of a record type finds wrong with the data of a file (rule `schema-valid`). */
  schemaDiagnostics(type: string, file: string, data: unknown): readonly Diagnostic[]
  /** A record with `null` in every field that its schema knows and it leaves out, for a strict template. */
  withBlanks(type: string, data: Data): Data
  /** What the schema of a record type says of one of its fields; empty for a field it does not know. */
  fieldSchema(type: string, field: string): Data
  /** Proves every schema of the tree, also those that no record needed so far; throws a `Fault` for a wrong one. */
  proveSchemas(): void
}

const schemaPath = /^schemas\/(?:[^/]+\/)+[^/]+\.json$/
const typeName = /^[a-z0-9](-?[a-z0-9])*$/

/**
 * Reads the rules of a service repository from the files of a tree: `schemas/` lists the record types, `gitsm.yaml` is
 * the configuration; other files are ignored. Whatever is wrong with them is a `Fault` (exit 2) that names the file:
 * they are the organisation's own configuration, and no record can be judged until they are right.
 */
export function readRegistry(tree: readonly TreeFile[]): Registry {
  const files = new Map(tree.map((file) => [file.path, file]))
  const schemaFiles: SchemaFiles = new Map(
    tree.filter(({ path }) => schemaPath.test(path)).map((file) => [file.path, jsonIn(file)]),
  )
  const schemas = openSchemas(schemaFiles)
  const names = typeNames(schemaFiles)
  const types = new Map(names.map((name) => [name, typeOf(name, names, files, schemaFiles, schemas)]))
  return {
    rulebook: { config: readConfig(files.get(configFile), names, schemas), types },
    schemaDiagnostics: (type, file, data) => schemas.diagnose(`schemas/${type}/schema.json`, file, data),
    withBlanks: (type, data) => {
      const file = `schemas/${type}/schema.json`
      return withBlanks(schemaFiles, { file, schema: schemaFiles.get(file) ?? {} }, data)
    },
    fieldSchema: (type, field) => {
      const file = `schemas/${type}/schema.json`
      const schema = valueAt(schemaFiles.get(file), ['properties', field])
      return isData(schema) ? resolved(schemaFiles, { file, schema }) : {}
    },
    proveSchemas: schemas.prove,
  }
}

function typeNames(schemaFiles: SchemaFiles): readonly string[] {
  const names = [...schemaFiles.keys()]
    .flatMap((path) => /^schemas\/([^_/][^/]*)\/schema\.json$/.exec(path)?.[1] ?? [])
    .sort(compare)
  for (const name of names) {
    if (typeName.test(name)) continue
    throw new Fault(`schemas/${fragment(name)} cannot name a record type`, {
      cure: 'Use lower-case letters, digits and single dashes; a name that begins with _ is no record type',
    })
  }
  if (names.length > 0) return names
  throw new Fault('This repository has no record types: there is no schemas/<type>/schema.json', {
    cure: 'Run `gitsm init` at the root of a service repository',
  })
}

function typeOf(
  name: string,
  names: readonly string[],
  files: ReadonlyMap<string, TreeFile>,
  schemaFiles: SchemaFiles,
  schemas: Schemas,
): RecordType {
  const file = `schemas/${name}/schema.json`
  const schema = schemaFiles.get(file) ?? {}
  const lifecycleFile = files.get(`schemas/${name}/lifecycle.yaml`)
  const prefix = textAt(schema, 'x-prefix')
  if (prefix !== undefined && !/^[A-Z]{2,5}$/.test(prefix)) {
    throw new Fault(`${file} has the x-prefix ${fragment(prefix)}`, { cure: 'Use 2 to 5 capital letters, such as INC' })
  }
  const references = referencesOf(schemaFiles, { file, schema })
  for (const to of references.flatMap((reference) => reference.to)) {
    if (!names.includes(to)) throw unknownName(file, 'the record type', to, names)
  }
  const orderedTimes = orderedTimesOf(schema)
  for (const field of orderedTimes.flatMap(({ notBefore }) => notBefore)) {
    if (!fieldsOf(schema).includes(field)) throw unknownName(file, 'the field', field, fieldsOf(schema))
  }
  return {
    name,
    schema,
    references,
    orderedTimes,
    ...(lifecycleFile && { lifecycle: readLifecycle(lifecycleFile, { file, schema }, schemas, schemaFiles) }),
    ...(prefix !== undefined && { prefix }),
  }
}
