import { isData } from '../core/record.ts'
import { annotations, type Check, keywords } from './schema-keyword.ts'
import { follow, type SchemaFiles, type SchemaPart } from './schema-route.ts'

/** Where a reference leads that every reader understands alike: a file beside, a pointer without escapes, or both. */
const plainReference = /^[\w./-]*(?:#(?:\/[\w$.-]+)*)?$/

/** They are read with their `if`. */
const branchesOfIf = ['then', 'else']

/** What was made of a part of a schema: nothing yet, a check, or `null` where it says something uncommon. */
interface Making {
  check: Check | null | undefined
}

/**
 * Judges data by walking the schemas of a tree, for those that use only common keywords and use them as the meta-schema
 * says; any other schema gives `undefined`. A check says the same as a compiled validator. It is made many times faster
 * and judges several times slower, so it suits a few records.
 */
export function schemaChecks(files: SchemaFiles): (path: string) => Check | undefined {
  const made = new Map<object, Making>()

  function checkOf(part: SchemaPart): Check | undefined {
    const before = made.get(part.schema)
    if (before) {
      if (before.check !== undefined) return before.check ?? undefined
      // The part refers to itself: its check is there by the time that data come.
      return (data) => before.check?.(data) === true
    }
    const making: Making = { check: undefined }
    made.set(part.schema, making)
    making.check = assembled(part) ?? null
    return making.check ?? undefined
  }

  function assembled({ file, schema }: SchemaPart): Check | undefined {
    const within = (inner: unknown): Check | undefined => {
      if (typeof inner === 'boolean') return () => inner
      return isData(inner) ? checkOf({ file, schema: inner }) : undefined
    }
    const checks: Check[] = []
    for (const [name, value] of Object.entries(schema)) {
      if (annotations(name, value) || (branchesOfIf.includes(name) && 'if' in schema)) continue
      const keyword = Object.hasOwn(keywords, name) ? keywords[name] : undefined
      const check = name === '$ref' ? referred(file, value) : keyword?.(value, within, schema)
      if (!check) return undefined
      checks.push(check)
    }
    return (data) => checks.every((check) => check(data))
  }

  /** The whole file counts that a reference leads into: what stands around its target may change what it means. */
  function referred(from: string, reference: unknown): Check | undefined {
    if (typeof reference !== 'string' || !plainReference.test(reference)) return undefined
    const target = follow(files, from, reference)
    const root = target && files.get(target.file)
    return target && root && checkOf({ file: target.file, schema: root }) && checkOf(target)
  }

  return (path) => {
    const schema = files.get(path)
    return schema && checkOf({ file: path, schema })
  }
}
