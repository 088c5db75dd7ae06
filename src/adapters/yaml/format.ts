import type { Data } from '../../core/record.ts'
import { linesOfNode, nodeOf } from './nodes.ts'

/**
 * A new record as YAML: its fields in their order, each on a line of its own; lists of short values and log entries in
 * brackets; text of several lines as it reads (`|`). Fields that are `undefined` are left out.
 */
export function formatYaml(data: Data): string {
  return `${linesOfNode(nodeOf(data)).join('\n')}\n`
}
