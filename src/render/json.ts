import type { Fault } from '../core/fault.ts'

/** A fault as JSON: `{ "error": { "code", "message", "cure" } }`, where code is the exit code. */
export function faultJson({ code, message, cure }: Fault): string {
  return json({ error: { code, message, cure } })
}

/** Any plain value as indented JSON with a line end. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
