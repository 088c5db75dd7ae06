import { compare } from './diagnostic.ts'
import { type Instant, parseInstant } from './instant.ts'
import { type Data, isData, type RecordDoc, textAt, textsAt } from './record.ts'
import { readRecurrence } from './recurrence.ts'
import { overlap, type TimeSpan } from './time-span.ts'

/** What a window covers, by key; a key that is absent covers all. */
export interface WindowScope {
  readonly services?: ReadonlySet<string>
  readonly cis?: ReadonlySet<string>
  readonly environments?: ReadonlySet<string>
  readonly changeTypes?: ReadonlySet<string>
}

/** A freeze or a maintenance window, ready to be asked about any stretch of time. */
export interface Window {
  readonly id: string
  readonly title: string
  readonly kind: 'freeze' | 'maintenance'
  readonly scope: WindowScope
  /** Types of changes that it does not bind. */
  readonly allows: readonly string[]
  /** The zone that its rule is told in; absent for windows that happen once. */
  readonly zone?: string
  /** Every time of it that overlaps a stretch, whole, oldest first. */
  readonly times: (span: TimeSpan) => readonly TimeSpan[]
}

/** The types that a window leaves free where it says nothing: an emergency waits for nobody's calendar. */
const free: readonly string[] = ['emergency']

/** Reads a window record; `undefined` where it makes no sense, which a rule of the tree tells. */
export function windowOf({ id, data }: RecordDoc): Window | undefined {
  const when = timesOf(data)
  if (!when) return undefined
  return {
    id,
    title: textAt(data, 'title') ?? id,
    kind: data['kind'] === 'maintenance' ? 'maintenance' : 'freeze',
    scope: scopeOf(data['applies_to']),
    allows: Array.isArray(data['allows']) ? textsAt(data, 'allows') : free,
    ...when,
  }
}

/** Every window that can be read, by id. */
export function windowsOf(records: readonly RecordDoc[]): readonly Window[] {
  return records.flatMap((record) => windowOf(record) ?? []).toSorted((a, b) => compare(a.id, b.id))
}

/** Whether nothing at all may happen in a window. */
export function isLockdown({ kind, allows }: Window): boolean {
  return kind === 'freeze' && allows.length === 0
}

/** Whether a window has something to say about changes of a type. */
export function binds({ scope, allows }: Window, changeType: string): boolean {
  return !allows.includes(changeType) && (scope.changeTypes?.has(changeType) ?? true)
}

/** Whether a window covers a service as such. Services are what customers use: they count as production. */
export function coversService({ scope }: Window, id: string): boolean {
  return (scope.services?.has(id) ?? true) && scope.cis === undefined && (scope.environments?.has(production) ?? true)
}

/** Whether a window covers a configuration item; an item without an environment counts as production. */
export function coversItem({ scope }: Window, { id, data }: RecordDoc): boolean {
  return (
    (scope.cis?.has(id) ?? true) &&
    (scope.environments?.has(textAt(data, 'environment') ?? production) ?? true) &&
    (scope.services === undefined || textsAt(data, 'services').some((service) => scope.services?.has(service)))
  )
}

const production = 'production'

function timesOf(data: Data): Pick<Window, 'times' | 'zone'> | undefined {
  const recurs = data['recurs']
  if (isData(recurs)) {
    const read = readRecurrence(recurs)
    return 'message' in read ? undefined : { zone: read.zone, times: read.times }
  }
  const [from, until] = [instantAt(data, 'from'), instantAt(data, 'to')]
  if (from === undefined || until === undefined || from >= until) return undefined
  const once = { from, until }
  return { times: (span) => (overlap(once, span) ? [once] : []) }
}

function instantAt(data: Data, field: string): Instant | undefined {
  return parseInstant(textAt(data, field) ?? '')
}

function scopeOf(data: unknown): WindowScope {
  if (!isData(data)) return {}
  const chosen = (field: string): ReadonlySet<string> | undefined =>
    Array.isArray(data[field]) ? new Set(textsAt(data, field)) : undefined
  const scope = {
    services: chosen('services'),
    cis: chosen('cis'),
    environments: chosen('environments'),
    changeTypes: chosen('change_types'),
  }
  return Object.fromEntries(Object.entries(scope).filter(([, ids]) => ids !== undefined))
}
