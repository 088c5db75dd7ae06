import { float64s, joinSections, layoutName, splitSections } from '../adapters/binary-sections.ts'
import type { Instant } from '../core/instant.ts'
import { once } from '../core/once.ts'
import { packReadings, unpackReadings } from '../core/packed-readings.ts'
import type { Reading } from '../core/reading.ts'
import type { Agreed } from './clocks.ts'
import { digestUpTo, isStanding, unsettled } from './settled-clocks.ts'

/** The readings of records whose clocks have all stopped, by number of the record. */
export type KeptReadings = ReadonlyMap<number, readonly Reading[]>

const [name, layout] = ['readings', layoutName('readings', 1)]

/**
 * What earlier runs read of records that nothing has touched since, where the same agreements and times count. It holds
 * at every instant by which both the last of the agreements and the record itself were written for the last time.
 */
export const keptReadings: (agreed: Agreed) => KeptReadings = once(({ history }) => {
  const { packed, cache } = history
  const file = cache?.get(name, layout)
  const [head, texts, cells] = file ? splitSections(file) : []
  if (!head || !texts || !cells) return new Map()
  const [position = -1] = float64s(head.subarray(0, 8))
  if (!isStanding(history, position, Number.POSITIVE_INFINITY)) return new Map()
  if (!digestUpTo(history, position).equals(head.subarray(8))) return new Map()
  const words: unknown = JSON.parse(Buffer.from(texts).toString('utf8'))
  const named = Array.isArray(words) ? words.map(String) : []
  const found = unpackReadings({ texts: named, cells: float64s(cells) }, (number) => packed.nameOf(number).id)
  return new Map([...found].filter(([number]) => packed.lastTouched(number) <= position))
})

/**
 * Keeps the readings of records whose clocks have all stopped, as of an instant; those kept before are among them. Few
 * new ones are not worth the writing: the next run finds them again.
 */
export function keepReadings(agreed: Agreed, asOf: Instant, settled: KeptReadings): void {
  const { history } = agreed
  const { packed, cache } = history
  const position = packed.length - 1 - unsettled
  if (!cache || !isStanding(history, position, asOf)) return
  const before = keptReadings(agreed)
  const lasting = [...settled].filter(
    ([number, own]) => packed.lastTouched(number) <= position && own.every(({ gaps }) => gaps.length === 0),
  )
  const fresh = lasting.filter(([number]) => !before.has(number)).length
  if (fresh === 0 || fresh * rewriting < before.size) return
  const { texts, cells } = packReadings(new Map(lasting))
  const head = Buffer.concat([new Uint8Array(Float64Array.of(position).buffer), digestUpTo(history, position)])
  cache.put(name, layout, joinSections([head, Buffer.from(JSON.stringify(texts)), cells]))
}

/** What was kept is kept anew when at least one in so many records is new. */
const rewriting = 200
