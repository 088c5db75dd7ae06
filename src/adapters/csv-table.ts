import { readFile } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { Fault } from '../core/fault.ts'
import { diskFault, errorCode } from './disk-fault.ts'

/** One row of a table: the line it begins on, counting from 1, and its cells by column. */
export interface TableRow {
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

/**
 * A CSV file with a header, as text. Line ends in cells become LF. What could not be read is named, not dropped; blank
 * lines are no rows.
 */
export interface Table {
  readonly rows: readonly TableRow[]
  readonly unreadable: readonly { readonly line: number; readonly reason: string }[]
}

/**
 * Reads a CSV file (RFC 4180, UTF-8, commas, with a header) that must have certain columns. A `Fault` when there is no
 * such file, when it is no text, or when a column is missing or named twice.
 */
export async function readTable(path: string, required: readonly string[]): Promise<Table> {
  const text = decode(path, await bytesOf(path))
  const torn: string[] = []
  const [header, ...rest] = csvRows(text, torn)
  if (!header) {
    throw new Fault(`${path} is empty`, { cure: `Give a CSV file with a header that names ${required.join(', ')}` })
  }
  checkHeader(path, header.fields, required)
  const unreadable: { line: number; reason: string }[] = []
  const rows: TableRow[] = []
  for (const { line, end, fields } of rest) {
    if (fields.length === header.fields.length) {
      rows.push({ line, cells: new Map(header.fields.map((column, index) => [column, fields[index] ?? ''])) })
    } else {
      const cells = `${fields.length} ${fields.length === 1 ? 'cell' : 'cells'}`
      const far = end > line ? `; a quote makes it run to line ${end}` : ''
      unreadable.push({ line, reason: `the row has ${cells} where the header has ${header.fields.length}${far}` })
    }
  }
  const end = (rest.at(-1) ?? header).end
  return { rows, unreadable: [...unreadable, ...torn.map((reason) => ({ line: end + 1, reason }))] }
}

/** A row of a CSV file as it stands, the header among them. */
export interface CsvRow {
  /** First and last line of the row. */
  readonly line: number
  readonly end: number
  readonly fields: readonly string[]
}

/**
 * All rows but blank ones. A quote that is never closed swallows what follows it, which only shows at the end in
 * `torn`.
 */
export function csvRows(text: string, torn: string[]): readonly CsvRow[] {
  // One kind of line end, because the parser counts a quoted CR LF as two lines.
  const lines = text.replace(/\r\n?/g, '\n')
  if (!lines.includes('"') && !lines.startsWith('\ufeff')) return unquotedRows(lines)
  const records: CsvRow[] = []
  parse(lines, {
    bom: true,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (fields: readonly string[], { lines }) => {
      const breaks = fields.reduce((sum, field) => sum + (field.match(/\n/g)?.length ?? 0), 0)
      records.push({ line: lines - breaks, end: lines, fields })
      return null
    },
    on_skip: (error) => {
      torn.push(
        error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED'
          ? 'a quote is opened here or below and never closed, so nothing from here to the end of the file could be read'
          : `nothing from here on could be read (${error?.message ?? 'no reason given'})`,
      )
      return undefined
    },
  })
  return records
}

/** All rows of a text without quotes, which says no more than where its commas and line ends are. */
function unquotedRows(text: string): readonly CsvRow[] {
  return text
    .split('\n')
    .flatMap((line, index) => (line === '' ? [] : [{ line: index + 1, end: index + 1, fields: line.split(',') }]))
}

function checkHeader(path: string, columns: readonly string[], required: readonly string[]): void {
  const missing = required.filter((column) => !columns.includes(column))
  if (missing.length > 0) {
    throw new Fault(`${path} lacks the ${missing.length === 1 ? 'column' : 'columns'} ${missing.join(', ')}`, {
      cure: 'The first line must name the columns, with commas between them',
    })
  }
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  if (twice !== undefined) {
    throw new Fault(`${path} names the column ${JSON.stringify(twice)} twice`, {
      cure: 'Give every column its own name',
    })
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    const code = errorCode(cause)
    if (code === 'ENOENT') throw new Fault(`There is no file ${path}`, { cure: 'Give the path of a CSV file', cause })
    if (code === 'EISDIR') throw new Fault(`${path} is a folder`, { cure: 'Give the path of a CSV file', cause })
    throw diskFault(path, 'read', cause)
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Fault(`${path} is not UTF-8`, { cure: 'Export it as UTF-8, or convert it: iconv -t UTF-8', cause })
  }
}
