import type { Diagnostic } from '../core/diagnostic.ts'
import { fragment } from '../core/fragment.ts'
import { type Instant, parseInstant } from '../core/instant.ts'
import { mainColumn, type Point, type Series } from '../core/series.ts'
import { largestData, type TreeFile } from '../core/tree.ts'
import { type CsvRow, csvRows } from './csv-table.ts'

/** The most rows of one series, its header left out. */
const mostRows = 100_000
/** The most columns of one series. */
const mostColumns = 20
/** After so many findings the rest of a file is not judged: a wrong export is wrong in every row. */
const mostFindings = 20

const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/
const columnForm = /^[a-z][a-z0-9_]*$/
/** Columns that hold no numbers. */
const wordColumns: readonly string[] = ['at', 'note']

/** What reading the CSV file of a measurement gave. Without findings there is a series. */
export interface SeriesFile {
  readonly series?: Series
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads the values of a measurement: a header `at,value` with further columns if wanted, then a row for each value in
 * order of time. Whatever is wrong is told with its line.
 */
export function readSeries(file: TreeFile): SeriesFile {
  if (file.mode !== 'file') return { diagnostics: [] } // a link is refused before anything is read
  if (!file.bytes) {
    const message = `The file has ${file.size} bytes, and ${largestData} are the limit`
    return {
      diagnostics: [{ ...finding(file.path, 1, message, 'Keep fewer values, or a file a year'), refused: true }],
    }
  }
  const text = textIn(file.bytes)
  if (text === undefined) return { diagnostics: [finding(file.path, 1, 'The file is not UTF-8', 'Export it as UTF-8')] }
  const torn: string[] = []
  const [header, ...rows] = csvRows(text, torn)
  const found = header ? [...headerProblems(header)] : [{ line: 1, message: 'The file is empty', hint: headerHint }]
  if (!header || found.length > 0) return { diagnostics: found.map((each) => located(file.path, each)) }
  const { points, problems } = pointsIn(header.fields, rows)
  const last = (rows.at(-1) ?? header).end
  const all = [
    ...problems,
    ...torn.map((message) => ({ line: last + 1, message, hint: 'Close the quote, or remove it' })),
  ]
  if (all.length > 0) return { diagnostics: all.slice(0, mostFindings).map((each) => located(file.path, each)) }
  return { series: { file: file.path, columns: header.fields.filter(isNumeric), points }, diagnostics: [] }
}

interface Problem {
  readonly line: number
  readonly message: string
  readonly hint: string
}

const headerHint = 'The first line names the columns: at,value'

function* headerProblems({ line, fields }: CsvRow): Generator<Problem> {
  if (fields[0] !== 'at' || fields[1] !== mainColumn) {
    const message = `The columns begin with ${fields.slice(0, 2).map(shown).join(', ')}, not with at, ${mainColumn}`
    yield { line, message, hint: headerHint }
  }
  if (fields.length > mostColumns) {
    yield { line, message: `There are ${fields.length} columns, and ${mostColumns} are the limit`, hint: headerHint }
    return
  }
  for (const [index, name] of fields.entries()) {
    if (!columnForm.test(name)) {
      const hint = 'Use lower-case letters, digits and underscores, beginning with a letter'
      yield { line, message: `${shown(name)} cannot name a column`, hint }
    }
    if (fields.indexOf(name) < index) {
      yield { line, message: `The column ${shown(name)} is named twice`, hint: 'Give every column its own name' }
    }
  }
}

function pointsIn(columns: readonly string[], rows: readonly CsvRow[]) {
  const points: Point[] = []
  const problems: Problem[] = []
  if (rows.length > mostRows) {
    const [line, hint] = [rows[mostRows]?.line ?? 1, 'Condense them, or keep a series a year']
    problems.push({ line, message: `There are ${rows.length} rows, and ${mostRows} are the limit`, hint })
    return { points, problems }
  }
  let before: Instant | undefined
  for (const row of rows) {
    if (problems.length >= mostFindings) break
    const wrong = [...rowProblems(columns, row, before)]
    problems.push(...wrong)
    const at = parseInstant(row.fields[0] ?? '')
    if (at !== undefined && (before === undefined || at > before)) before = at
    if (wrong.length > 0 || at === undefined) continue
    const numbers = row.fields.filter((_, index) => isNumeric(columns[index] ?? ''))
    points.push({ at, values: numbers.map((cell) => (cell === '' ? null : Number(cell))) })
  }
  return { points, problems }
}

function* rowProblems(columns: readonly string[], row: CsvRow, before: Instant | undefined): Generator<Problem> {
  const { line, end, fields } = row
  if (fields.length !== columns.length) {
    const far = end > line ? `; a quote makes it run to line ${end}` : ''
    const cells = `${fields.length} ${fields.length === 1 ? 'cell' : 'cells'}`
    const message = `The row has ${cells} where the header has ${columns.length}${far}`
    yield { line, message, hint: `Give a value for each of ${columns.join(', ')}` }
    return
  }
  const [when = ''] = fields
  const at = parseInstant(when)
  if (at === undefined) {
    const hint = 'Write date, time with seconds and zone: 2026-11-21T08:15:00Z'
    yield { line, message: `${shown(when)} is no instant`, hint }
  } else if (before !== undefined && at <= before) {
    const message = `${shown(when)} does not lie after the row above`
    yield { line, message, hint: 'Rows stand in order of time, one for each instant' }
  }
  for (const [index, cell] of fields.entries()) {
    const column = columns[index] ?? ''
    if (!isNumeric(column)) continue
    if (cell === '' && column !== mainColumn) continue
    if (numberForm.test(cell) && Number.isFinite(Number(cell))) continue
    const what = cell === '' ? 'There is no value' : `${shown(cell)} is no number`
    yield {
      line,
      message: `${what} in the column ${column}`,
      hint: 'Write digits with a point: 12.5; leave out rows without a value',
    }
  }
}

function isNumeric(column: string): boolean {
  return !wordColumns.includes(column)
}

function shown(text: string): string {
  return JSON.stringify(fragment(text))
}

function located(file: string, { line, message, hint }: Problem): Diagnostic {
  return finding(file, line, message, hint)
}

function finding(file: string, line: number, message: string, hint: string): Diagnostic {
  const span = { line, column: 1, endLine: line, endColumn: 1 }
  return { rule: 'series-valid', severity: 'error', message, place: { file, route: [] }, hint, span }
}

function textIn(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
