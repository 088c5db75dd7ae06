import type { Data } from '../../core/record.ts'
import { linesOfNode, nodeOf } from './nodes.ts'
import { plainField } from './plain-field.ts'

/**
 * A new record as YAML: its fields in their order, each on a line of its own; lists of short values and log entries in
 * brackets; text of several lines as it reads (`|`). Fields that are `undefined` are left out.
 */
export function formatYaml(data: Data): string {
  const fields = Object.entries(data).filter(([, value]) => value !== undefined)
  if (fields.length === 0) return '{}\n'
  return fields.map(([name, value]) => plainField(name, value) ?? anyField(name, value)).join('')
}

/** A field as the library writes it. */
export function anyField(name: string, value: unknown): string {
  return `${linesOfNode(nodeOf({ [name]: value })).join('\n')}\n`
}
