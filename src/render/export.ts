import { compare } from '../core/diagnostic.ts'
import { type Export, type ExportPart, exportParts } from '../core/export.ts'
import { formatInstant } from '../core/instant.ts'
import type { Reading } from '../core/reading.ts'
import type { RecordDoc } from '../core/record.ts'
import { counted } from './counted.ts'
import { csvText } from './csv.ts'
import { evidenceJson } from './evidence.ts'
import { readingJson } from './readings.ts'
import { entryJson, lifeJson } from './timeline.ts'

/**
 * An export as one JSON object a line, told apart by `kind`: first `export`, which says what it rests on, then each
 * `record`, `timeline` and `reading`.
 */
export function exportNdjson({ commit, asOf, parts, records, unreadable, lives, readings, evidence }: Export): string {
  const head = {
    ...{ kind: 'export', version: 1, commit, asOf: formatInstant(asOf), parts },
    ...{ counts: { records: records.length, timelines: lives.length, readings: readings.length }, unreadable },
    evidence: evidenceJson(evidence),
  }
  const lines = [
    head,
    ...records.map(({ type, id, file, data }) => ({ kind: 'record', type, id, file, data })),
    ...lives.map((life) => ({ kind: 'timeline', type: life.type, id: life.id, ...lifeJson(life, asOf) })),
    ...readings.map((reading) => ({ kind: 'reading', ...readingFields(reading) })),
  ]
  return lines.map((line) => `${jsonLine(line)}\n`).join('')
}

/** One part of an export as a table. Names of columns are those of the JSON, values with parts are told as JSON. */
export function exportCsv(part: ExportPart, { records, lives, readings }: Export): string {
  if (part === 'records') return table(recordColumns(records), records.map(recordFields))
  if (part === 'timelines') {
    const entries = lives.flatMap(({ type, id, stretches }) =>
      stretches.map((stretch) => ({ type, id, ...entryJson(stretch) })),
    )
    return table(entryColumns, entries)
  }
  return table(readingColumns, readings.map(readingFields))
}

/** How many rows or lines an export has of each part that was asked for, in words. */
export function exportedText({ parts, records, lives, readings }: Export): string {
  const counts = { records: records.length, timelines: lives.length, readings: readings.length }
  return exportParts
    .filter((part) => parts.includes(part))
    .map((part) => counted(counts[part], part.slice(0, -1)))
    .join(', ')
}

const entryColumns = [
  ...['type', 'id', 'state', 'holdReason', 'gap', 'from', 'until', 'declared', 'skew'],
  ...['commit', 'by', 'provenance', 'doubt'],
]

const readingColumns = [
  ...['type', 'record', 'sla', 'agreement', 'target', 'cycle', 'priority', 'status', 'start', 'stop', 'due'],
  ...['dueEffective', 'elapsed', 'wall', 'paused', 'allowed', 'atRisk', 'atRiskAt', 'provenance', 'doubtful'],
  ...['retrospective', 'skew', 'gaps', 'breaches', 'breachedOnReprioritise', 'cancelledLate', 'targetHistory'],
]

/**
 * A reading as JSON has it; what is `kind` there, of the agreement, is `agreement` here, because lines have a kind,
 * too.
 */
function readingFields(reading: Reading & { readonly type: string }): object {
  const { kind: _, ...fields } = { kind: undefined, ...readingJson(reading) }
  return { type: reading.type, ...fields, agreement: reading.kind }
}

const own = ['type', 'id', 'file']

/** What all records have, title and state, and the other fields that any of them has in alphabetical order. */
function recordColumns(records: readonly RecordDoc[]): readonly string[] {
  const first = [...own, 'title', 'state']
  const fields = new Set(records.flatMap((record) => Object.keys(recordFields(record))))
  return [...first, ...[...fields].filter((field) => !first.includes(field)).toSorted(compare)]
}

function recordFields({ type, id, file, data }: RecordDoc): object {
  const fields = Object.entries(data).flatMap(([field, value]): readonly (readonly [string, unknown])[] =>
    field === 'id' ? [] : [[own.includes(field) ? `data.${field}` : field, value]],
  )
  return Object.fromEntries([['type', type], ['id', id], ['file', file], ...fields])
}

function table(columns: readonly string[], rows: readonly object[]): string {
  const cells = rows.map((row) => {
    const fields = new Map<string, unknown>(Object.entries(row))
    return columns.map((column) => cell(fields.get(column)))
  })
  return csvText([columns.map(cell), ...cells])
}

/** A value as the text of a cell. Control characters, which few readers of tables bear, become a replacement mark. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'object' ? jsonLine(value) : String(value)
  return text.replaceAll(/(?![\t\n\r])[\p{Cc}\p{Cs}]/gu, '\ufffd')
}

/** A value as JSON without any character that some reader takes for the end of a line, or a terminal for a command. */
function jsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
