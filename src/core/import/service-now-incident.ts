import { formatInstant } from '../instant.ts'
import { type Data, listAt, textAt } from '../record.ts'
import { isSame } from '../same.ts'
import type { PriorityMatrix } from './service-now-priority.ts'
import type { ServiceNowRow } from './service-now-row.ts'

/** The ids that names of the log have in the new repository, and the matrix its priorities follow. */
export interface Naming {
  readonly teams: ReadonlyMap<string, string>
  readonly cis: ReadonlyMap<string, string>
  readonly matrix: PriorityMatrix
}

/**
 * The team of incidents without an assignment group, because an incident being worked on must have a team. ServiceNow
 * counts a change from or to an empty group as a reassignment, and so does the history.
 */
export const unassigned = 'unassigned'

/** The service of every imported incident: the log names none. */
export const importedService = 'imported'

const origins: ReadonlyMap<string, string> = new Map([
  ['Phone', 'phone'],
  ['IVR', 'phone'],
  ['Email', 'mail'],
  ['Self service', 'portal'],
  ['Direct opening', 'direct'],
])

/**
 * The incident as a row leaves it; `before` is what the row before made of it.
 *
 * Logs are not tidy, and nothing is tidied here: an incident is born in whatever state its first row has, goes back
 * from Resolved to New where the log says so, and changes after it was closed. `opened_at` is that of the first row,
 * even where it lies after that row.
 */
export function incidentAfter(row: ServiceNowRow, before: Data | undefined, naming: Naming): Data {
  const { texts } = row
  const expected = naming.matrix[row.impact][row.urgency]
  const priority = row.priority?.level ?? expected
  const openedAt = (before && textAt(before, 'opened_at')) ?? formatInstant(row.openedAt ?? row.at)
  const ci = naming.cis.get(texts.get('cmdb_ci') ?? '')
  return filled({
    id: row.number,
    title: title(row),
    state: row.state,
    hold_reason: row.holdReason,
    service: importedService,
    cis: ci === undefined ? undefined : [ci],
    impact: row.impact,
    urgency: row.urgency,
    priority,
    priority_override_reason: priority === expected ? undefined : `Set to ${row.priority?.label} in ServiceNow`,
    reporter: texts.get('caller_id') ?? 'unknown',
    team: naming.teams.get(texts.get('assignment_group') ?? '') ?? unassigned,
    assignee: texts.get('assigned_to'),
    opened_at: openedAt,
    category: texts.get('category'),
    origin: origins.get(texts.get('contact_type') ?? ''),
    problem: texts.get('problem_id'),
    caused_by: texts.get('caused_by'),
    change: texts.get('rfc'),
    ...resolution(row, openedAt),
    source: { system: 'servicenow', id: row.number },
    log: before && sameStanding(row, before) ? listAt(before, 'log') : [...listAt(before ?? {}, 'log'), step(row)],
  })
}

/** What a row did, as a commit says it: `INC0000045 New → Resolved`, `INC0000045 updated: team, assignee`. */
export function telling(row: ServiceNowRow, label: string | undefined, before: Data | undefined, after: Data): string {
  if (before === undefined) return `${row.number} ${row.label}`
  if (label !== undefined && label !== row.label) return `${row.number} ${label} → ${row.label}`
  const changed = [...new Set([...Object.keys(after), ...Object.keys(before)])].filter(
    (field) => !isSame(before[field], after[field]),
  )
  return `${row.number} updated${changed.length === 0 ? '' : `: ${changed.join(', ')}`}`
}

function title({ number, texts }: ServiceNowRow): string {
  const place = [texts.get('category'), texts.get('subcategory')].filter((text) => text !== undefined).join(' / ')
  const words = [texts.get('u_symptom'), place].filter((text) => text !== undefined && text !== '').join(' in ')
  return [...(words || `Incident ${number}`)].slice(0, 250).join('')
}

/**
 * How the incident ended. Every row of the log repeats the incident's *final* code, resolver and resolution time: they
 * are written only while the incident is resolved or closed, and the time only once it has come, or the history would
 * know the future. The code of an earlier resolution that did not last is not in the log; the final one stands there.
 */
function resolution({ state, at, texts, resolvedAt }: ServiceNowRow, openedAt: string): Data {
  if (state !== 'resolved' && state !== 'closed') return {}
  const resolver = texts.get('resolved_by')
  const resolved = resolvedAt === undefined ? undefined : formatInstant(resolvedAt)
  return {
    resolved_at:
      resolved !== undefined && resolvedAt !== undefined && resolvedAt <= at && resolved >= openedAt
        ? resolved
        : undefined,
    resolution_code: texts.get('closed_code') ?? 'unknown',
    resolution: `The log ${resolver === undefined ? 'does not say' : `names the resolver (${resolver}) but not`} what was done.`,
  }
}

function sameStanding(row: ServiceNowRow, before: Data): boolean {
  return textAt(before, 'state') === row.state && textAt(before, 'hold_reason') === row.holdReason
}

function step({ at, by, state, holdReason }: ServiceNowRow): Data {
  return filled({ at: formatInstant(at), by, state, hold_reason: holdReason })
}

function filled(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
}
