import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js'
import { fragment } from '../core/fragment.ts'
import { isData } from '../core/record.ts'
import { sound, unsound } from './schema-fault.ts'
import { knownFormats } from './schema-format.ts'
import { pattern } from './schema-pattern.ts'
import type { SchemaFiles } from './schema-route.ts'

/** Gives the validator of the schema at a path; throws a `Fault` where the schema is wrong. */
export type SchemaCompiler = (path: string) => ValidateFunction

const draft = 'https://json-schema.org/draft/2020-12/schema'

/** Annotations of editors, which say nothing about validity. */
const editorKeywords = ['markdownDescription', 'enumDescriptions', 'markdownEnumDescriptions', 'defaultSnippets']

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

/** Compiles the schemas of a tree to validators that only say whether data fit. */
export function acceptingCompiler(files: SchemaFiles): SchemaCompiler {
  return compilerOf(files, { ...common, inlineRefs: false, messages: false })
}

/** Compiles them to validators that say everything that is wrong, which takes half as long again. */
export function explainingCompiler(files: SchemaFiles): SchemaCompiler {
  return compilerOf(files, thorough)
}

/** Holds the schema at a path against the meta-schema of its dialect; throws a `Fault` where it is wrong. */
export function proveByDialect(path: string, schema: unknown): void {
  // The meta-schema is the same for every tree and takes longer to compile than most schemas.
  metaschema ??= validator(new Map(), thorough)
  const ajv = metaschema
  sound(path, () => isData(schema) && ajv.validateSchema(schema, true))
}

let metaschema: Ajv2020 | undefined

/** Compiles the schemas of a tree, each when it is first needed, once. */
function compilerOf(files: SchemaFiles, options: Options): SchemaCompiler {
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

function validator(files: SchemaFiles, options: Options): Ajv2020 {
  const ajv = new Ajv2020(options)
  for (const [format, validate] of Object.entries(knownFormats)) ajv.addFormat(format, { type: 'string', validate })
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
