import { isFilled, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import { json } from './json.ts'
import { clipped, columns, paint, printable } from './terminal.ts'

/** A step that a record can take next, and the fields it must carry then. */
export interface NextStep {
  readonly to: string
  readonly requires: readonly string[]
}

/** Records as JSON: `{ "records": [{ id, type, file, data }] }`. */
export function recordsJson(records: readonly RecordDoc[]): string {
  return json({ records: records.map(({ id, type, file, data }) => ({ id, type, file, data })) })
}

/** Records as a table: id, then state, priority and team where any record has one, and the title, cut at `width` columns. */
export function recordsText(records: readonly RecordDoc[], colour: boolean, width?: number): string {
  if (records.length === 0) return 'no records\n'
  const { bold, dim } = paint(colour)
  const fields = ['state', 'priority', 'team'].filter((field) => records.some(({ data }) => textAt(data, field)))
  const rows = records.map(({ id, data }) => [
    bold(id),
    ...fields.map((field) => printable(textAt(data, field) ?? '')),
    printable(textAt(data, 'title') ?? ''),
  ])
  return `${clipped(columns([['id', ...fields, 'title'].map(dim), ...rows]), width)}\n`
}

/** One record as JSON, with its next steps. */
export function recordJson({ id, type, file, data }: RecordDoc, next: readonly NextStep[]): string {
  return json({ id, type, file, data, next })
}

/** One record for people: its file as it stands, and where it can go. */
export function recordText(record: RecordDoc, text: string, next: readonly NextStep[], colour: boolean): string {
  const { bold, dim } = paint(colour)
  const state = textAt(record.data, 'state')
  const head = `${bold(record.id)}  ${record.type}${state === undefined ? '' : `, ${state}`}\n${dim(record.file)}`
  const steps = next.map(({ to, requires }) => {
    const missing = requires.filter((path) => !isFilled(valueAt(record.data, path.split('.'))))
    return `  ${to}${missing.length === 0 ? '' : dim(`  still needs ${missing.join(', ')}`)}`
  })
  const ways = steps.length === 0 ? [] : [`can go to\n${steps.join('\n')}`]
  return `${[head, printable(text.replaceAll('\r\n', '\n')).trimEnd(), ...ways].join('\n\n')}\n`
}
