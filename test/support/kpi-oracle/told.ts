import type { Reading } from '../../../src/core/reading.ts'
import type { Data } from '../../../src/core/record.ts'

/** One commit to a record, as a test declares it: everything that the record says from then on. */
export interface ToldStep {
  readonly at: number
  readonly state: string
  readonly fields: Data
}

/** A record as a test declares it. */
export interface ToldRecord {
  readonly type: string
  readonly id: string
  readonly steps: readonly ToldStep[]
}

/** What is restricted to what. */
export interface Where {
  readonly service?: string
  readonly team?: string
  readonly priority?: string
  readonly ci?: string
}

/** A question about declared records. Readings of clocks are taken as given: they have oracles of their own. */
export interface Asked {
  readonly told: readonly ToldRecord[]
  readonly readings: readonly Reading[]
  /** When the history begins. */
  readonly since: number
  readonly asOf: number
  readonly from: number
  readonly until: number
  readonly where: Where
}

/** An answer: no value is no data. */
export interface Answer {
  readonly value: number | null
  readonly n: number
  readonly median: number | null
  readonly p90: number | null
}

export const none: Answer = { value: null, n: 0, median: null, p90: null }

export function count(n: number): Answer {
  return { value: n, n, median: null, p90: null }
}

export function share(hits: number, n: number): Answer {
  return n === 0 ? none : { value: (hits / n) * 100, n, median: null, p90: null }
}

/** The mean, the value in the middle, and the smallest value that nine of ten do not exceed. */
export function spread(values: readonly number[]): Answer {
  if (values.length === 0) return none
  let sum = 0
  for (const value of values) sum += value
  const exceededBy = (limit: number): number => values.filter((value) => value > limit).length
  const low = Math.min(...values.filter((limit) => exceededBy(limit) * 2 <= values.length))
  const high = Math.max(
    ...values.filter((limit) => values.filter((value) => value < limit).length * 2 <= values.length),
  )
  const p90 = Math.min(...values.filter((limit) => exceededBy(limit) * 10 <= values.length))
  return { value: sum / values.length, n: values.length, median: (low + high) / 2, p90 }
}

/** Lengths in seconds, told in hours. */
export function hours(seconds: readonly number[]): Answer {
  return spread(seconds.map((each) => each / 3600))
}

/** A median in the place of the mean. */
export function medianHours(seconds: readonly number[]): Answer {
  const answer = hours(seconds)
  return { ...answer, value: answer.median }
}

export function when(value: unknown): number | undefined {
  return typeof value === 'string' ? Date.parse(value) / 1000 : undefined
}

export function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  return Array.isArray(value) ? value.map(String) : []
}

export function isIn({ from, until }: Asked, at: number | undefined): boolean {
  return at !== undefined && from <= at && at < until
}

/** The steps that were recorded by the as-of instant. */
export function stepsOf(record: ToldRecord, { asOf }: Asked): readonly ToldStep[] {
  return record.steps.filter(({ at }) => at <= asOf)
}

/** What was worked out before, for the same records: plain counting would take minutes otherwise. */
const before = new WeakMap<readonly ToldRecord[], Map<string, readonly ToldRecord[]>>()

/** Of a type, what was known at the as-of instant, without what was cancelled by then. */
export function ofType(asked: Asked, type: string): readonly ToldRecord[] {
  const remembered = before.get(asked.told) ?? new Map<string, readonly ToldRecord[]>()
  before.set(asked.told, remembered)
  const found = remembered.get(`${type} ${asked.asOf}`)
  if (found) return found
  const kept: ToldRecord[] = []
  for (const record of asked.told) {
    const steps = stepsOf(record, asked)
    if (record.type !== type || steps.length === 0 || steps.at(-1)?.state === 'cancelled') continue
    kept.push({ ...record, steps })
  }
  remembered.set(`${type} ${asked.asOf}`, kept)
  return kept
}

export function lastOf({ steps }: ToldRecord): Data {
  return steps.at(-1)?.fields ?? {}
}

/** When a record began: when it is said to have been opened, or when it came, whichever is earlier. */
export function startOf({ steps }: ToldRecord): number {
  const [first] = steps
  return Math.min(when(first?.fields['opened_at']) ?? Number.POSITIVE_INFINITY, first?.at ?? Number.POSITIVE_INFINITY)
}

/** Whether what a record says belongs to what is asked about; `more` are services besides those that it names. */
export function belongs(data: Data, { service, team, priority, ci }: Where, more: readonly string[] = []): boolean {
  const own = texts(data['team']).length > 0 ? texts(data['team']) : texts(data['owner'])
  if (service !== undefined && ![...texts(data['service']), ...texts(data['services']), ...more].includes(service)) {
    return false
  }
  if (team !== undefined && !own.includes(team)) return false
  if (priority !== undefined && data['priority'] !== priority) return false
  return ci === undefined || texts(data['cis']).includes(ci)
}

/** When a record first was in one of the states. */
export function first({ steps }: ToldRecord, ...states: readonly string[]): number | undefined {
  for (const { state, at } of steps) if (states.includes(state)) return at
  return undefined
}

/** Every stay in some of the states that ended: its length and its end. */
export function stays({ steps }: ToldRecord, ...states: readonly string[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = []
  for (let index = 1; index < steps.length; index++) {
    const [before, now] = [steps[index - 1], steps[index]]
    if (!before || !now || !states.includes(before.state) || states.includes(now.state)) continue
    let begin = index - 1
    while (begin > 0 && states.includes(steps[begin - 1]?.state ?? '')) begin--
    found.push([now.at - (steps[begin]?.at ?? 0), now.at])
  }
  return found
}
