import { readTable } from '../adapters/csv-table.ts'
import { Fault } from '../core/fault.ts'
import type { LocalTime } from '../core/import/local-time.ts'
import { type RefusedRow, readRow, requiredColumns, type ServiceNowRow } from '../core/import/service-now-row.ts'

/** ServiceNow's incident audit log as read from a file. */
export interface ServiceNowLog {
  /** By `sys_updated_at`; rows of the same minute keep their order in the file. */
  readonly rows: readonly [ServiceNowRow, ...ServiceNowRow[]]
  readonly refused: readonly RefusedRow[]
  /** How many rows the file has, the refused ones included. */
  readonly total: number
}

/** Reads the log; `clock` says where its times were told. A `Fault` when there is no row that can be read. */
export async function readLog(csv: string, clock: LocalTime): Promise<ServiceNowLog> {
  const table = await readTable(csv, requiredColumns)
  const readings = table.rows.map(({ line, cells }) => ({ line, row: readRow(line, cells, clock) }))
  const refused = [
    ...table.unreadable,
    ...readings.flatMap(({ line, row }) => (typeof row === 'string' ? [{ line, reason: row }] : [])),
  ].sort((a, b) => a.line - b.line)
  const [first, ...rest] = readings
    .flatMap(({ row }) => (typeof row === 'string' ? [] : [row]))
    .sort((a, b) => a.at - b.at || a.line - b.line)
  if (first) return { rows: [first, ...rest], refused, total: table.rows.length + table.unreadable.length }
  const [example] = refused
  throw new Fault(`${csv} has no row that can be read${example ? `; line ${example.line}: ${example.reason}` : ''}`, {
    cure: "Give an export of ServiceNow's incident audit log, one row for each update",
  })
}
