import { type CiClasses, wholeClass } from '../ci-class.ts'
import { Fault } from '../fault.ts'
import { nearest } from '../nearest.ts'
import type { Data } from '../record.ts'
import { slugOf } from '../record-id.ts'
import { withValue } from '../with-value.ts'
import type { ImportProblem, Incoming, IncomingRecord } from './ci-incoming.ts'

/** A row of a table: the line it begins on, and its cells by column. */
export interface CiRow {
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

/** Columns that a table of configuration items must have. */
export const requiredCiColumns: readonly string[] = ['id', 'class']

const textColumns: readonly string[] = [
  'id',
  'title',
  'description',
  'class',
  'environment',
  'owner',
  'criticality',
  'state',
  'source_of_truth',
  'verified_at',
]
const columnHint = 'depends_on, services, controlled, attributes.<name> and asset.<name> are columns too'
const slug = /^[a-z0-9](-?[a-z0-9])*$/

/**
 * The configuration items that the rows of a table tell. Empty cells say nothing: what the record has there stays. A
 * `Fault` for a column that means nothing, because a misspelt one would silently be left out of every row.
 */
export function ciTable(file: string, rows: readonly CiRow[], classes: CiClasses | undefined): Incoming {
  checkColumns(file, [...(rows[0]?.cells.keys() ?? [])])
  const records: IncomingRecord[] = []
  const problems: ImportProblem[] = []
  const seen = new Map<string, number>()
  for (const { line, cells } of rows) {
    const origin = { file, line }
    const id = cells.get('id')?.trim() ?? ''
    const before = seen.get(id)
    const hint = slugOf(id) === '' ? 'Give lower-case letters, digits and single dashes' : `Write ${slugOf(id)}`
    if (!slug.test(id) || id.length > 64) problems.push({ origin, message: `${JSON.stringify(id)} is no id`, hint })
    else if (before !== undefined) {
      problems.push({ origin, message: `${id} stands in line ${before} already`, hint: 'Give each item one row' })
    } else {
      seen.set(id, line)
      const {
        state = 'operational',
        title = id,
        ...fields
      } = fieldsOf(cells, classes, (message, right) =>
        problems.push({ origin, message: `${id}: ${message}`, hint: right }),
      )
      const told = { ...(cells.get('title')?.trim() && { title }), ...(cells.get('state')?.trim() && { state }) }
      records.push({ type: 'ci', id, origin, fields: { ...told, ...fields }, atFirst: { title, state } })
    }
  }
  return { records, problems, skipped: new Map() }
}

function checkColumns(file: string, columns: readonly string[]): void {
  const known = [...textColumns, 'depends_on', 'services', 'controlled']
  for (const column of columns) {
    if (known.includes(column) || /^(attributes|asset)\.[a-z][a-z0-9_]*$/.test(column)) continue
    const guess = nearest(column, known)
    throw new Fault(`${file} has a column ${JSON.stringify(column)}, which configuration items do not have`, {
      cure: guess ? `Did you mean ${guess}?` : `Name it as the field is named; ${columnHint}`,
    })
  }
}

type Complain = (message: string, hint: string) => void

function fieldsOf(cells: CiRow['cells'], classes: CiClasses | undefined, complain: Complain): Data {
  const known = classes && wholeClass(classes, cells.get('class')?.trim() ?? '')
  let fields: Data = {}
  for (const [column, cell] of cells) {
    const text = cell.trim()
    if (text === '' || column === 'id') continue
    const [group = '', name] = column.split('.')
    const type = group === 'attributes' && name !== undefined ? known?.attributes.get(name)?.type : undefined
    const value = cellValue(column, text, type, complain)
    if (value !== undefined) fields = withValue(fields, column.split('.'), value)
  }
  return fields
}

function cellValue(column: string, text: string, type: string | undefined, complain: Complain): unknown {
  if (column === 'services') return listed(text)
  if (column === 'depends_on') return listed(text).flatMap((each) => dependencyOf(each, complain) ?? [])
  if (column === 'description') return `${text.replace(/\r\n?/g, '\n')}\n`
  if (column === 'controlled' || type === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true'
    complain(`${column} is ${JSON.stringify(text)}`, 'Write true or false')
    return undefined
  }
  if (column !== 'asset.cost' && type !== 'number' && type !== 'integer') return text
  if (/^-?\d{1,15}(\.\d{1,6})?$/.test(text)) return Number(text)
  complain(`${column} is ${JSON.stringify(text)}`, 'Write a number with a decimal point: 1250.50')
  return undefined
}

function listed(text: string): readonly string[] {
  return [...new Set(text.split(/[;,\n]/).map((each) => each.trim()))].filter(Boolean)
}

/** `web-1`, or `web-1 (2 of web)` for a member of a group of which two must work. */
function dependencyOf(text: string, complain: Complain): Data | undefined {
  const [, ci, members, group] = /^([a-z0-9-]+)(?:\s*\((\d{1,3}) of ([a-z0-9-]+)\))?$/.exec(text) ?? []
  if (ci === undefined) complain(`depends_on names ${JSON.stringify(text)}`, 'Write web-1, or web-1 (2 of web)')
  else return group === undefined ? { ci } : { ci, at_least: { group, members: Number(members) } }
  return undefined
}
