import { provenanceLadder } from './evidence-account.ts'
import type { Reading } from './reading.ts'
import { statuses } from './reading-summary.ts'
import type { TargetTerm } from './target-history.ts'

/** Readings of records by number of the record, as numbers and the texts that some of these stand for. */
export interface PackedReadings {
  readonly texts: readonly string[]
  readonly cells: Float64Array
}

const kinds: readonly Reading['kind'][] = ['sla', 'ola', 'contract']

/** Packs readings in which no gap lies. */
export function packReadings(records: ReadonlyMap<number, readonly Reading[]>): PackedReadings {
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
  const cells: number[] = []
  for (const [number, readings] of records) {
    cells.push(number, readings.length)
    for (const reading of readings) addReading(cells, reading, numberOf)
  }
  return { texts: [...numbers.keys()], cells: Float64Array.from(cells) }
}

function addReading(cells: number[], reading: Reading, numberOf: (text: string) => number): void {
  const { atRisk, doubtful, retrospective, breachedOnReprioritise, cancelledLate, breaches, targetHistory } = reading
  const flags = [atRisk, doubtful, retrospective, breachedOnReprioritise, cancelledLate]
  cells.push(
    ...[numberOf(reading.sla), kinds.indexOf(reading.kind), numberOf(reading.target), reading.cycle],
    ...[numberOf(reading.priority), statuses.indexOf(reading.status), reading.start, orNaN(reading.stop)],
    ...[orNaN(reading.due), orNaN(reading.dueEffective), reading.elapsed, reading.wall, reading.paused],
    ...[reading.allowed, orNaN(reading.atRiskAt), orNaN(reading.skew), provenanceLadder.indexOf(reading.provenance)],
    flags.reduce((sum, flag, bit) => sum + (flag ? 1 << bit : 0), 0),
    ...[breaches.length, ...breaches, targetHistory.length],
  )
  for (const { from, priority, allowed, elapsed, exceeded } of targetHistory) {
    cells.push(from, numberOf(priority), allowed, elapsed, Number(exceeded))
  }
}

/** The readings that were packed; `idOf` tells the id of a record by its number. */
export function unpackReadings(
  { texts, cells }: PackedReadings,
  idOf: (number: number) => string,
): ReadonlyMap<number, readonly Reading[]> {
  const found = new Map<number, readonly Reading[]>()
  let at = 0
  const next = (): number => cells[at++] ?? 0
  const text = (): string => texts[next()] ?? ''
  while (at < cells.length) {
    const [number, count] = [next(), next()]
    const record = idOf(number)
    const readings: Reading[] = []
    for (let index = 0; index < count; index++) readings.push(nextReading(record, next, text))
    found.set(number, readings)
  }
  return found
}

function nextReading(record: string, next: () => number, text: () => string): Reading {
  const sla = text()
  const kind = kinds[next()] ?? 'sla'
  const [target, cycle, priority] = [text(), next(), text()]
  const status = statuses[next()] ?? 'cancelled'
  const [start, stop, due, dueEffective] = [next(), orNull(next()), orNull(next()), orNull(next())]
  const [elapsed, wall, paused, allowed] = [next(), next(), next(), next()]
  const [atRiskAt, skew] = [orNull(next()), orNull(next())]
  const [provenance, flags] = [provenanceLadder[next()] ?? 'claimed', next()]
  const breaches = Array.from({ length: next() }, next)
  const targetHistory = Array.from(
    { length: next() },
    (): TargetTerm => ({ from: next(), priority: text(), allowed: next(), elapsed: next(), exceeded: next() === 1 }),
  )
  return {
    ...{ record, sla, kind, target, cycle, priority, status, start, stop, due, dueEffective },
    ...{ elapsed, wall, paused, allowed, atRiskAt, provenance, skew, breaches, targetHistory },
    atRisk: (flags & 1) !== 0,
    doubtful: (flags & 2) !== 0,
    retrospective: (flags & 4) !== 0,
    breachedOnReprioritise: (flags & 8) !== 0,
    cancelledLate: (flags & 16) !== 0,
    gaps: [],
  }
}

function orNaN(value: number | null): number {
  return value ?? Number.NaN
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
