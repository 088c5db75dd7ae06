import { Fault } from '../core/fault.ts'

/** Runs a step that fails when a schema is wrong. */
export function sound<T>(path: string, step: () => T): T {
  try {
    return step()
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    if (cause instanceof RangeError) throw unsound(path, 'it refers to itself without end', cause)
    throw unsound(path, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

/** A `Fault` that says why the schema at a path cannot be used. */
export function unsound(path: string, why: string, cause?: unknown): Fault {
  return new Fault(`${path} is not a usable JSON Schema: ${why}`, {
    cure: 'Correct the schema: draft 2020-12, references only to other files under schemas/',
    cause,
  })
}
