import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Diagnostic } from '../core/diagnostic.ts'
import { Fault } from '../core/fault.ts'
import { fragment } from '../core/fragment.ts'
import { isData } from '../core/record.ts'
import { findingsOf } from './schema-findings.ts'
import { formats } from './schema-format.ts'
import { pattern } from './schema-pattern.ts'
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
  /** Holds every schema against the meta-schema of its dialect and compiles it; throws a `Fault` for the first wrong one. */
  prove(): void
}

const draft = 'https://json-schema.org/draft/2020-12/schema'

/** Annotations of editors, which say nothing about validity. */
const editorKeywords = ['markdownDescription', 'enumDescriptions', 'markdownEnumDescriptions', 'defaultSnippets']

/**
 * Opens the schemas of a tree. Each is compiled when it is first needed, once, to a validator that only says whether data
 * fit; one that says everything that is wrong takes half as long again to compile, and only data that do not fit need it.
 */
export function openSchemas(files: SchemaFiles): Schemas {
  for (const [file, schema] of files) {
    if (expandedSize(files, { file, schema }) <= largestExpansion) continue
    throw unsound(file, `its references expand to more than ${largestExpansion} parts`)
  }
  const accepting = compilerOf(files, { ...common, inlineRefs: false, messages: false })
  let explaining: Compile | undefined
  return {
    has: (path) => files.has(path),
    diagnose(path, file, data) {
      const accept = accepting(path)
      if (sound(path, () => accept(data)) === true) return []
      explaining ??= compilerOf(files, thorough)
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
        sound(path, () => dialect().validateSchema(schema, true))
        accepting(path)
      }
    },
  }
}

type Compile = (path: string) => ValidateFunction

/** Compiles the schemas of a tree, each once. */
function compilerOf(files: SchemaFiles, options: Options): Compile {
  const ajv = validator(files, options)
  const compiled = new Map<string, ValidateFunction>()
  return (path) => {
    const known = compiled.get(path)
    if (known) return known
    const written = files.get(path)?.['$schema'] ?? draft
    if (written !== draft) throw unsound(path, `it is written in ${fragment(String(written))}`)
    const fresh = sound(path, () => ajv.getSchema(address(path)))
    if (!fresh || '$async' in fresh) throw unsound(path, 'it is missing, or asynchronous')
    compiled.set(path, fresh)
    return fresh
  }
}

const common: Options = {
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowMatchingProperties: true,
  validateSchema: false,
  logger: false,
  // A run judges few records by each schema: tidying the code of a validator takes longer than it saves.
  code: { optimize: false, regExp: Object.assign(pattern, { code: 'pattern' }) },
}

const thorough: Options = { ...common, allErrors: true, verbose: true }

/** Judges schemas by the meta-schema, which is the same for every tree and takes longer to compile than most schemas. */
function dialect(): Ajv2020 {
  metaschema ??= validator(new Map(), thorough)
  return metaschema
}

let metaschema: Ajv2020 | undefined

function validator(files: SchemaFiles, options: Options): Ajv2020 {
  const ajv = new Ajv2020(options)
  addFormats.default(ajv, ['email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uuid'])
  for (const [format, validate] of Object.entries(formats)) ajv.addFormat(format, { type: 'string', validate })
  ajv.addVocabulary([...new Set([...editorKeywords, ...[...files.values()].flatMap(extensions)])])
  for (const [path, schema] of files) sound(path, () => ajv.addSchema({ ...schema }, address(path)))
  return ajv
}

/** Where a schema counts as standing, so that relative references between the schemas of the tree are found. */
function address(path: string): string {
  return `file:///${path}`
}

/** The extension keywords (`x-…`) that a schema uses anywhere: annotations, whatever their names. */
function extensions(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(extensions)
  if (!isData(schema)) return []
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(/^x-[a-z0-9-]+$/.test(key) ? [key] : []),
    ...extensions(value),
  ])
}

/** Runs a step that fails when a schema is wrong. */
function sound<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    if (cause instanceof RangeError) throw unsound(path, 'it refers to itself without end', cause)
    throw unsound(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

function unsound(path: string, why: string, cause?: unknown): Fault {
  return new Fault(`${path} is not a usable JSON Schema: ${why}`, {
    cure: 'Correct the schema: draft 2020-12, references only to other files under schemas/',
    cause,
  })
}
