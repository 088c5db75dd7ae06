import { stringify } from 'yaml'
import type { Data } from '../../core/record.ts'

/**
 * An issue form as its file says it. GitHub reads YAML 1.1, where `Yes`, `on` or `12:30` are no texts unless they are
 * quoted; readers of YAML 1.2 see the same.
 */
export function issueFormText(template: Data): string {
  return `${madeBy}\n${stringify(template, { version: '1.1', lineWidth: 0 })}`
}

/** The first line of every file that `gitsm forms` makes, and by which it knows its own. */
export const madeBy = '# Made by `gitsm forms` from schemas and records. Change those, and run it again.'
