import type { Derived } from '../core/derived.ts'
import { isFilled, type RecordDoc, textAt, valueAt } from '../core/record.ts'
import type { Verdict } from '../core/verdict.ts'
import { assessmentJson, assessmentText, communicationJson, communicationLines } from './assessment.ts'
import { json } from './json.ts'
import { clipped, columns, oneLine, type Paint, paint, printable } from './terminal.ts'

/** A step that a record can take next, and the fields it must carry then. */
export interface NextStep {
  readonly to: string
  readonly requires: readonly string[]
}

/** Records as JSON: `{ "records": [{ id, type, file, data }] }`. */
export function recordsJson(records: readonly RecordDoc[]): string {
  return json({ records: records.map(({ id, type, file, data }) => ({ id, type, file, data })) })
}

/**
 * Records as a table: id, then state, priority and team where any record has one, and the title, cut at `width`
 * columns.
 */
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

/** One record as JSON, with its next steps and what is derived from it. */
export function recordJson(
  { id, type, file, data }: RecordDoc,
  next: readonly NextStep[],
  { assessment, standing, communication }: Derived,
): string {
  return json({
    id,
    type,
    file,
    data,
    next,
    ...(assessment && { assessment: assessmentJson(assessment) }),
    ...(standing && { standing }),
    ...(communication && { communication: communicationJson(communication) }),
  })
}

/** One record for people: its file as it stands, what is derived from it, and where it can go. */
export function recordText(
  record: RecordDoc,
  text: string,
  next: readonly NextStep[],
  { assessment, standing, communication }: Derived,
  colour: boolean,
): string {
  const colours = paint(colour)
  const { bold, dim } = colours
  const state = textAt(record.data, 'state')
  const head = `${bold(record.id)}  ${record.type}${state === undefined ? '' : `, ${state}`}\n${dim(record.file)}`
  const steps = next.map(({ to, requires }) => {
    const missing = requires.filter((path) => !isFilled(valueAt(record.data, path.split('.'))))
    return `  ${to}${missing.length === 0 ? '' : dim(`  still needs ${missing.join(', ')}`)}`
  })
  const ways = steps.length === 0 ? [] : [`can go to\n${steps.join('\n')}`]
  const derived = [
    ...(assessment ? [assessmentText(assessment, colours, true)] : []),
    ...(standing ? [standingText(record.id, standing, colours)] : []),
    ...(communication ? [communicationLines(communication, colours).join('\n')] : []),
  ]
  return `${[head, printable(text.replaceAll('\r\n', '\n')).trimEnd(), ...derived, ...ways].join('\n\n')}\n`
}

/** Whether changes may follow a model, and what that rests on. */
function standingText(id: string, { met, parts }: Verdict, { bold, green, red }: Paint): string {
  const head = `${bold(id)}  ${met ? green('may be followed') : red('must not be followed')}`
  return [head, ...parts.map((part) => `  ${part.met ? green('✓') : red('✗')} ${oneLine(part.because)}`)].join('\n')
}
