import type { Edge } from '../core/clock-account.ts'
import type { ExplainedStretch, Explanation } from '../core/explain.ts'
import { formatInstant, humanDuration, type Instant, type Seconds } from '../core/instant.ts'
import { priorityText, type Reading } from '../core/reading.ts'
import { provenanceText } from './evidence.ts'

/** One interval of an account in words. */
export interface AccountRow {
  readonly from: string
  readonly until: string
  readonly what: string
  /** What it counts, and what the clock shows at its end, as `hours:minutes:seconds` that can be added by hand. */
  readonly counted: string
  readonly total: string
  readonly calendar: string
  readonly priority: string
  /** The commit that began it, with its author, and how far its time can be trusted. */
  readonly began: string
}

/** The intervals of an account, and after them what became of the record when the clock had ended. */
export function accountRows({ reading, stretches, end, after, handedOverTo }: Explanation): readonly AccountRow[] {
  const last = stretches.at(-1)
  const ended = handedOverTo !== undefined ? 'after hand-over' : afterName(reading)
  return [
    ...stretches.map((stretch) => ({
      from: instantText(stretch.from),
      until: instantText(stretch.until),
      what: whatText(stretch),
      counted: clockText(stretch.counted),
      total: clockText(stretch.total),
      calendar: stretch.calendar,
      priority: priorityText(stretch.priority),
      began: stretch.edge === undefined ? 'the calendar' : edgeText(stretch.edge, stretch.from),
    })),
    ...after.map(({ from, until, state, commit }, index) => ({
      from: instantText(from),
      until: instantText(until),
      what: index === 0 && handedOverTo !== undefined ? handoverText(handedOverTo) : `${ended}: ${state}`,
      counted: clockText(0),
      total: clockText(last?.total ?? 0),
      calendar: last?.calendar ?? '',
      priority: priorityText(reading.priority),
      began: edgeText(index === 0 && end ? end : { commit, basis: 'recorded' }, from),
    })),
  ]
}

function afterName({ status }: Reading): string {
  return status === 'cancelled' ? 'after cancellation' : 'after stop'
}

/** To whom a record went, with which the clock of those before them ended. */
function handoverText(team: string | null): string {
  return team === null ? 'handed over to nobody' : `handed over to ${team}`
}

function whatText(stretch: ExplainedStretch): string {
  const gaps = (stretch.gaps ?? []).map(
    ({ from, until }) => `; not known from ${instantText(from)} to ${instantText(until ?? stretch.until)}`,
  )
  return `${doingText(stretch)}${gaps.join('')}`
}

function doingText({ kind, reason, unrecorded }: ExplainedStretch): string {
  if (kind === 'closed') return 'closed hours'
  if (unrecorded && kind === 'running') return 'running: not yet recorded'
  if (kind === 'running' && reason?.includes(':')) return `running: ${reason} (does not pause this clock)`
  const name = kind === 'stopped' ? 'after stop' : kind
  return reason === undefined ? name : `${name}: ${reason}`
}

/** A commit, its author and the provenance of its time; for a declared instant how far it lies before. */
export function edgeText({ commit, basis }: Edge, at: Instant): string {
  const known = `${commit.commit.slice(0, 10)} ${commit.by}, ${provenanceText(commit)}`
  if (basis === 'recorded' || commit.at <= at) return known
  return `${known}, declared ${humanDuration(commit.at - at)} earlier`
}

/** An instant in UTC: to the minute, or to the second where it has one. */
export function instantText(at: Instant): string {
  const text = formatInstant(at).replace('T', ' ').replace('Z', '')
  return text.endsWith(':00') ? text.slice(0, -3) : text
}

/** A length of time as `hours:minutes:seconds`. */
export function clockText(length: Seconds): string {
  const two = (count: number) => String(count).padStart(2, '0')
  return `${Math.floor(length / 3600)}:${two(Math.floor((length % 3600) / 60))}:${two(length % 60)}`
}
