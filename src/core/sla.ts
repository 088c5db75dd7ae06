import { parseDuration, type Seconds } from './instant.ts'
import { type Data, isData, type RecordDoc, textAt, textsAt } from './record.ts'

/** Values by priority; `default` serves every priority that has none of its own. */
export type ByPriority<T> = ReadonlyMap<string, T>

/** One clock of an agreement: what starts, pauses and stops it, and how long it may run. */
export interface SlaTarget {
  readonly name: string
  /** States whose entry starts the clock; empty when it starts with the record. */
  readonly start: ReadonlySet<string>
  readonly stop: ReadonlySet<string>
  /** States, or `state:hold_reason`. */
  readonly pause: ReadonlySet<string>
  /** The teams during whose assignment the clock exists, one cycle for each stretch; empty for all. */
  readonly teams: ReadonlySet<string>
  readonly allowed: ByPriority<Seconds>
  /** Calendar ids; where none is named, the repository's default calendar counts. */
  readonly calendar: ByPriority<string>
  /** What happens to a stopped clock when the record is taken up again. A response is given once. */
  readonly onReopen: 'resume' | 'new_cycle' | 'never'
}

/** A version of an agreement as its clocks need it. */
export interface Sla {
  readonly id: string
  readonly kind: 'sla' | 'ola' | 'contract'
  /** Only active agreements run clocks. */
  readonly active: boolean
  readonly order: number
  /** By record field, the values that match; `type` is the record type. */
  readonly appliesTo: ReadonlyMap<string, ReadonlySet<string>>
  readonly targets: ReadonlyMap<string, SlaTarget>
  /** Percent of the target from which on a clock is at risk. */
  readonly atRisk: number
  /** How much of the target may be left before a clock is at risk, where that is sooner; `null` where none is named. */
  readonly atRiskRemaining: Seconds | null
  /** How far a declared step may lie before the recorded one and still count. */
  readonly tolerance: Seconds
  readonly binding: 'at_start' | 'at_event'
  /** The commit that wrote this version, where it is known. */
  readonly version?: string
}

/** Reads an `sla` record; `undefined` when a part that its clocks need makes no sense. */
export function slaOf({ id, data }: RecordDoc, version?: string): Sla | undefined {
  const kind = kinds.find((known) => known === data['kind'])
  const tolerance = parseDuration(textAt(data, 'declared_tolerance') ?? 'PT0S')
  const remaining = parseDuration(textAt(data, 'at_risk_remaining') ?? '')
  if (!kind || tolerance === undefined || !isData(data['targets'])) return undefined
  const targets = new Map<string, SlaTarget>()
  for (const [name, item] of Object.entries(data['targets'])) {
    const target = isData(item) ? targetOf(name, item) : undefined
    if (!target) return undefined
    targets.set(name, target)
  }
  return {
    id,
    kind,
    active: data['state'] === 'active',
    order: numberAt(data, 'order', 0),
    appliesTo: selectors(data['applies_to']),
    targets,
    atRisk: numberAt(data, 'at_risk', 75),
    atRiskRemaining: remaining ?? null,
    tolerance,
    binding: data['binding'] === 'at_event' ? 'at_event' : 'at_start',
    ...(version === undefined ? {} : { version }),
  }
}

const kinds = ['sla', 'ola', 'contract'] as const

function targetOf(name: string, data: Data): SlaTarget | undefined {
  const allowed = new Map<string, Seconds>()
  for (const [priority, text] of byPriority(data['target'])) {
    const length = parseDuration(text)
    if (length === undefined) return undefined
    allowed.set(priority, length)
  }
  const stretch = data['while']
  return {
    name,
    start: new Set(textsAt(data, 'start')),
    stop: new Set(textsAt(data, 'stop')),
    pause: new Set(textsAt(data, 'pause')),
    teams: new Set(isData(stretch) ? textsAt(stretch, 'team') : []),
    allowed,
    calendar: byPriority(data['calendar']),
    onReopen: name === 'response' ? 'never' : data['on_reopen'] === 'new_cycle' ? 'new_cycle' : 'resume',
  }
}

/** What `applies_to` asks: by field, the values that match. */
export function selectors(appliesTo: unknown): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(isData(appliesTo) ? appliesTo : {}).map(([field, values]) => [field, texts(values)]))
}

/** Whether an agreement covers a record of this content and priority. */
export function covers({ appliesTo }: Sla, type: string, data: Data, priority: string): boolean {
  for (const [field, wanted] of appliesTo) {
    const value = field === 'type' ? type : field === 'priority' ? priority : data[field]
    const matches = Array.isArray(value) ? value.some((item) => wanted.has(String(item))) : wanted.has(String(value))
    if (value === undefined || value === null || !matches) return false
  }
  return true
}

/** The value of a priority, or the default. */
export function valueFor<T>(values: ByPriority<T>, priority: string): T | undefined {
  return values.get(priority) ?? values.get('default')
}

/**
 * The priority of a record: its own, else what the matrix makes of impact and urgency, else `default`, which is also
 * the name of the target that serves it.
 */
export function priorityOf(data: Data, matrix: Matrix | undefined): string {
  const [impact, urgency] = [textAt(data, 'impact'), textAt(data, 'urgency')]
  const row = impact !== undefined && matrix && Object.hasOwn(matrix, impact) ? matrix[impact] : undefined
  const derived = urgency !== undefined && row && Object.hasOwn(row, urgency) ? row[urgency] : undefined
  return textAt(data, 'priority') ?? derived ?? 'default'
}

/** The priorities there are where no matrix says otherwise, most urgent first. */
export const priorities: readonly string[] = ['P1', 'P2', 'P3', 'P4', 'P5']

/** Impact → urgency → priority. */
export type Matrix = { readonly [impact: string]: { readonly [urgency: string]: string } }

function byPriority(value: unknown): ByPriority<string> {
  if (typeof value === 'string') return new Map([['default', value]])
  const entries = Object.entries(isData(value) ? value : {})
  return new Map(entries.flatMap(([priority, text]) => (typeof text === 'string' ? [[priority, text]] : [])))
}

function texts(value: unknown): ReadonlySet<string> {
  const items: readonly unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  return new Set(items.map(String))
}

function numberAt(data: Data, field: string, otherwise: number): number {
  const value = data[field]
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise
}
