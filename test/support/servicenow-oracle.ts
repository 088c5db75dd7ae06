import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The log that the tests import. */
export const logFile: string = fileURLToPath(new URL('../data/servicenow-incident-log.csv', import.meta.url))

/** One clock, in epoch seconds and seconds. */
export interface ExpectedReading {
  readonly start: number
  readonly stop: number
  readonly wall: number
  readonly elapsed: number
  readonly paused: number
}

/** What one incident of the log must come to, computed from its rows alone. */
export interface ExpectedIncident {
  /** Every stretch in one state, as `state` or `state:hold_reason`, with the second it begins. */
  readonly stretches: readonly { readonly state: string; readonly at: number }[]
  readonly reassignments: number
  readonly reopens: number
  /** What the log's own columns say in the last row. */
  readonly columns: { readonly reassignments: number; readonly reopens: number }
  readonly response: ExpectedReading
  readonly resolution: ExpectedReading
}

/** One row in the order of its commit. */
export interface ExpectedRow {
  readonly number: string
  readonly at: number
  readonly by: string
}

const names: Readonly<Record<string, string>> = {
  New: 'new',
  Active: 'in_progress',
  'Awaiting User Info': 'on_hold:awaiting_caller',
  'Awaiting Vendor': 'on_hold:awaiting_vendor',
  'Awaiting Problem': 'on_hold:awaiting_problem',
  'Awaiting Evidence': 'on_hold:awaiting_evidence',
  Resolved: 'resolved',
  Closed: 'closed',
}

/**
 * The log by plain arithmetic: no calendar, no git, and no code of the program under test. The file has no quotes, so a
 * split at commas reads it.
 */
export function expectations(): {
  readonly rows: readonly ExpectedRow[]
  readonly incidents: ReadonlyMap<string, ExpectedIncident>
} {
  const [head = '', ...lines] = readFileSync(logFile, 'utf8').trimEnd().split('\n')
  const header = head.trimEnd().split(',')
  const rows = lines.map((line, index) => {
    const cells = line.trimEnd().split(',')
    const cell = (name: string): string => cells[header.indexOf(name)] ?? ''
    return {
      index,
      at: seconds(cell('sys_updated_at')),
      opened: seconds(cell('opened_at')),
      number: cell('number'),
      by: cell('sys_updated_by'),
      state: names[cell('incident_state')] ?? 'unknown',
      group: cell('assignment_group'),
      reassignments: Number(cell('reassignment_count')),
      reopens: Number(cell('reopen_count')),
    }
  })
  rows.sort((a, b) => a.at - b.at || a.index - b.index)
  const byNumber = new Map<string, typeof rows>()
  for (const row of rows) byNumber.set(row.number, [...(byNumber.get(row.number) ?? []), row])
  const incidents = new Map([...byNumber].map(([number, its]) => [number, expectedOf(its)] as const))
  return { rows: rows.map(({ number, at, by }) => ({ number, at, by })), incidents }
}

function expectedOf(
  rows: readonly {
    readonly at: number
    readonly opened: number
    readonly state: string
    readonly group: string
    readonly reassignments: number
    readonly reopens: number
  }[],
): ExpectedIncident {
  const stretches: { state: string; at: number }[] = []
  let [reassignments, reopens, group] = [0, 0, rows[0]?.group]
  for (const row of rows) {
    const before = stretches.at(-1)?.state
    if (row.group !== group) reassignments += 1
    if (before !== undefined && isEnd(before) && !isEnd(row.state)) reopens += 1
    if (row.state !== before) stretches.push({ state: row.state, at: row.at })
    group = row.group
  }
  const last = rows.at(-1)
  const start = Math.min(rows[0]?.opened ?? 0, rows[0]?.at ?? 0)
  return {
    stretches,
    reassignments,
    reopens,
    columns: { reassignments: last?.reassignments ?? 0, reopens: last?.reopens ?? 0 },
    response: response(start, stretches),
    resolution: resolution(start, stretches),
  }
}

/** From the start to the first state in which someone works on it or has ended it; never pauses. */
function response(start: number, stretches: ExpectedIncident['stretches']): ExpectedReading {
  const stop = stretches.find(({ state }) => state === 'in_progress' || isEnd(state))?.at ?? Number.NaN
  return { start, stop, wall: stop - start, elapsed: stop - start, paused: 0 }
}

/** All seconds up to the last time it was ended, but those spent waiting for the caller or standing as ended. */
function resolution(start: number, stretches: ExpectedIncident['stretches']): ExpectedReading {
  let [elapsed, paused, stop] = [(stretches[0]?.at ?? start) - start, 0, Number.NaN]
  for (const [index, { state, at }] of stretches.entries()) {
    if (isEnd(state)) {
      if (!isEnd(stretches[index - 1]?.state ?? '')) stop = at
      continue
    }
    const length = (stretches[index + 1]?.at ?? Number.NaN) - at
    if (state === 'on_hold:awaiting_caller') paused += length
    else elapsed += length
  }
  return { start, stop, wall: stop - start, elapsed, paused }
}

function isEnd(state: string): boolean {
  return state === 'resolved' || state === 'closed'
}

/** DD-MM-YYYY HH:MM as if told in UTC. */
function seconds(text: string): number {
  const [day = 0, month = 0, year = 0, hour = 0, minute = 0] = text.split(/[- :]/).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute) / 1000
}
