import type { Instant } from '../instant.ts'
import type { LocalTime } from './local-time.ts'

/** Columns without which a log cannot be read. */
export const requiredColumns: readonly string[] = [
  'number',
  'incident_state',
  'opened_at',
  'sys_updated_by',
  'sys_updated_at',
  'caller_id',
  'impact',
  'urgency',
  'priority',
  'assignment_group',
  'assigned_to',
]

/** One row as text, by column. */
export type Cells = ReadonlyMap<string, string>

/** A row that cannot be read: where it stands in the file, and what is wrong with it. */
export interface RefusedRow {
  readonly line: number
  readonly reason: string
}

/**
 * One row of ServiceNow's incident audit log: the state of one incident after one update. Texts are one line each and
 * absent where the log has `?` or nothing.
 *
 * Not kept: `active`, `made_sla`, `closed_at`, `sys_mod_count` and `sys_created_*`, because the history itself tells
 * them; `location`, `knowledge`, `notify`, `u_priority_confirmation`, `opened_by` and `vendor`, because an incident has
 * no such field. `reassignment_count` and `reopen_count` are compared with the history, not kept.
 */
export interface ServiceNowRow {
  readonly line: number
  readonly number: string
  /** The state in ServiceNow's words. */
  readonly label: string
  readonly state: string
  readonly holdReason: string | undefined
  readonly at: Instant
  readonly by: string
  readonly openedAt: Instant | undefined
  readonly impact: Level
  readonly urgency: Level
  /** P1 to P5, and in ServiceNow's words. */
  readonly priority: { readonly level: string; readonly label: string } | undefined
  /** The other columns, by their names. */
  readonly texts: ReadonlyMap<string, string>
  /** The incident's *final* resolution time, which the log repeats on every row. */
  readonly resolvedAt: Instant | undefined
  /** What ServiceNow itself counted up to this row. */
  readonly counted: { readonly reassignments: number | undefined; readonly reopens: number | undefined }
}

const states: ReadonlyMap<string, { readonly state: string; readonly holdReason?: string }> = new Map([
  ['New', { state: 'new' }],
  ['Active', { state: 'in_progress' }],
  ['Awaiting User Info', { state: 'on_hold', holdReason: 'awaiting_caller' }],
  ['Awaiting Vendor', { state: 'on_hold', holdReason: 'awaiting_vendor' }],
  ['Awaiting Problem', { state: 'on_hold', holdReason: 'awaiting_problem' }],
  ['Awaiting Evidence', { state: 'on_hold', holdReason: 'awaiting_evidence' }],
  ['Resolved', { state: 'resolved' }],
  ['Closed', { state: 'closed' }],
])

/** How strong an impact or urgency is. */
export type Level = 'high' | 'medium' | 'low'

const levels: ReadonlyMap<string, Level> = new Map([
  ['1', 'high'],
  ['2', 'medium'],
  ['3', 'low'],
])

const numberForm = /^[A-Z]{2,5}(-?[0-9A-Z])+$/

/** Reads one row; a text says what is wrong where it cannot be read. */
export function readRow(line: number, cells: Cells, clock: LocalTime): ServiceNowRow | string {
  const texts = new Map([...cells].flatMap(([column, cell]) => textOf(column, cell)))
  const number = texts.get('number') ?? ''
  if (!numberForm.test(number) || number.length > 64) return `number ${JSON.stringify(number)} is no incident number`
  const label = texts.get('incident_state') ?? ''
  const standing = states.get(label)
  if (!standing) return `incident_state ${JSON.stringify(label)} is none of ${[...states.keys()].join(', ')}`
  const at = clock.read(texts.get('sys_updated_at') ?? '')
  if (at === undefined) return notATime('sys_updated_at', texts)
  const openedAt = clock.read(texts.get('opened_at') ?? '')
  if (openedAt === undefined && texts.has('opened_at')) return notATime('opened_at', texts)
  const impact = level(texts.get('impact'), /^([1-3]) - /)
  if (impact === undefined) return notALevel('impact', '1 - High, 2 - Medium, 3 - Low', texts)
  const urgency = level(texts.get('urgency'), /^([1-3]) - /)
  if (urgency === undefined) return notALevel('urgency', '1 - High, 2 - Medium, 3 - Low', texts)
  const priorityLabel = texts.get('priority')
  const priority = /^([1-5]) - /.exec(priorityLabel ?? '')?.[1]
  if (priorityLabel !== undefined && priority === undefined) {
    return notALevel('priority', '1 - Critical, 2 - High, 3 - Moderate, 4 - Low, 5 - Planning', texts)
  }
  const resolvedAt = clock.read(texts.get('resolved_at') ?? '')
  if (resolvedAt === undefined && texts.has('resolved_at')) return notATime('resolved_at', texts)
  return {
    line,
    number,
    label,
    state: standing.state,
    holdReason: standing.holdReason,
    at,
    by: texts.get('sys_updated_by') ?? 'unknown',
    openedAt,
    impact,
    urgency,
    priority: priorityLabel === undefined ? undefined : { level: `P${priority}`, label: priorityLabel },
    texts,
    resolvedAt,
    counted: {
      reassignments: count(texts.get('reassignment_count')),
      reopens: count(texts.get('reopen_count')),
    },
  }
}

/** A cell as one line of at most 250 characters, as the schemas ask for; control characters become blanks. */
function textOf(column: string, cell: string): readonly (readonly [string, string])[] {
  const text = cell.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return text === '' || text === '?' ? [] : [[column, [...text].slice(0, 250).join('')]]
}

function level(text: string | undefined, form: RegExp): Level | undefined {
  return levels.get(form.exec(text ?? '')?.[1] ?? '')
}

function count(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function notATime(column: string, texts: ReadonlyMap<string, string>): string {
  return `${column} ${JSON.stringify(texts.get(column) ?? '')} is no time as DD-MM-YYYY HH:MM`
}

function notALevel(column: string, allowed: string, texts: ReadonlyMap<string, string>): string {
  return `${column} ${JSON.stringify(texts.get(column) ?? '')} is none of ${allowed}`
}
