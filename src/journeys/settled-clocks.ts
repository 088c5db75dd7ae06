import { createHash } from 'node:crypto'
import { float64s, joinSections, layoutName, splitSections, uint32s } from '../adapters/binary-sections.ts'
import { provenanceLadder } from '../core/evidence-account.ts'
import type { Instant } from '../core/instant.ts'
import type { Reading } from '../core/reading.ts'
import { type SummedReading, statuses } from '../core/reading-summary.ts'
import { type Agreed, agreementTypes } from './clocks.ts'
import type { History } from './history.ts'

/** The readings of records whose clocks have all stopped, as far as a sum needs them, by number of the record. */
export type SettledClocks = ReadonlyMap<number, readonly SummedReading[]>

const [name, layout] = ['clocks', layoutName('clocks', 2)]

/** How many commits at the end of the mainline are left out, because what comes next may change their times. */
export const unsettled = 5

/** What earlier runs found of records that nothing has touched since, where the same agreements and times count. */
export function settledClocks({ history }: Agreed, asOf: Instant): SettledClocks {
  const { packed, cache } = history
  const file = cache?.get(name, layout)
  const [head, numbers, distances] = file ? splitSections(file) : []
  if (!head || !numbers || !distances) return new Map()
  const [position = -1] = float64s(head.subarray(0, 8))
  if (!isStanding(history, position, asOf)) return new Map()
  if (!digestUpTo(history, position).equals(head.subarray(8))) return new Map()
  const found = new Map<number, readonly SummedReading[]>()
  const [rows, skews] = [uint32s(numbers), float64s(distances)]
  for (let [row, told] = [0, 0]; row < rows.length; ) {
    const [number = 0, count = 0] = [rows[row], rows[row + 1]]
    if (packed.lastTouched(number) <= position) {
      const { id } = packed.nameOf(number)
      const codes = [...rows.subarray(row + 2, row + 2 + count)]
      found.set(
        number,
        codes.map((code, index) => readingOf(id, code, skews[told + index] ?? Number.NaN)),
      )
    }
    row += 2 + count
    told += count
  }
  return found
}

/**
 * Keeps the readings of records whose clocks have all stopped, those that an earlier run found with those that are new.
 * Few new ones are not worth the writing: the next run finds them again.
 */
export function keepSettled(
  { history }: Agreed,
  asOf: Instant,
  before: SettledClocks,
  fresh: ReadonlyMap<number, readonly Reading[]>,
): void {
  const { packed, cache } = history
  const position = packed.length - 1 - unsettled
  if (!cache || !isStanding(history, position, asOf)) return
  const settled = [...fresh].filter(
    ([number, readings]) => packed.lastTouched(number) <= position && readings.every(({ stop }) => stop !== null),
  )
  if (settled.length === 0 || settled.length * rewriting < before.size) return
  const [rows, skews]: [number[], number[]] = [[], []]
  for (const [number, readings] of [...before, ...settled]) {
    rows.push(number, readings.length, ...readings.map(codeOf))
    skews.push(...readings.map(({ skew }) => skew ?? Number.NaN))
  }
  const head = Buffer.concat([new Uint8Array(Float64Array.of(position).buffer), digestUpTo(history, position)])
  cache.put(name, layout, joinSections([head, Uint32Array.from(rows), Float64Array.from(skews)]))
}

/** What was kept is kept anew when at least one in so many records is new. */
const rewriting = 200

/** Whether nothing that judges clocks changed after a position, and the instant lies behind it. */
export function isStanding({ packed, times, configurations }: History, position: number, asOf: Instant): boolean {
  if (position < 0 || position >= packed.length || asOf < (times[position]?.at ?? 0)) return false
  if ((configurations.at(-1)?.commit.position ?? 0) > position) return false
  return packed
    .numbers()
    .every((number) => !agreementTypes.includes(packed.typeOf(number)) || packed.lastTouched(number) <= position)
}

/** Tells the commits up to a position, the times that they count by and what that rests on. */
export function digestUpTo({ packed, times }: History, position: number): Buffer {
  const [instants, ranks] = [new Float64Array(position + 1), new Uint8Array(position + 1)]
  for (let index = 0; index <= position; index++) {
    const time = times[index]
    instants[index] = time?.at ?? 0
    ranks[index] = time ? provenanceLadder.indexOf(time.provenance) + (time.doubt ? 8 : 0) : 0
  }
  return createHash('sha256').update(packed.idAt(position)).update(instants).update(ranks).digest()
}

/** All that a sum asks of a reading but its skew, as one number. */
function codeOf(reading: SummedReading): number {
  const { status, retrospective, atRisk, breachedOnReprioritise, provenance, doubtful, cancelledLate } = reading
  const flags = [retrospective, atRisk, breachedOnReprioritise].reduce(
    (sum, flag, bit) => sum + (flag ? 8 << bit : 0),
    0,
  )
  const rest = (doubtful ? 256 : 0) + (cancelledLate ? 512 : 0)
  return statuses.indexOf(status) + flags + (provenanceLadder.indexOf(provenance) << 6) + rest
}

function readingOf(record: string, code: number, skew: number): SummedReading {
  return {
    record,
    status: statuses[code & 7] ?? 'cancelled',
    retrospective: (code & 8) !== 0,
    atRisk: (code & 16) !== 0,
    breachedOnReprioritise: (code & 32) !== 0,
    skew: Number.isNaN(skew) ? null : skew,
    provenance: provenanceLadder[(code >> 6) & 3] ?? 'claimed',
    doubtful: (code & 256) !== 0,
    cancelledLate: (code & 512) !== 0,
  }
}
