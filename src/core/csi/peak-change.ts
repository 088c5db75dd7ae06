import { significance } from '../kpi-comparison.ts'
import { type Share, shareOf } from '../kpi-figure.ts'
import { fisherExact, holm, leastFisher } from '../kpi-statistics.ts'
import { isWithin, type Period } from '../period.ts'
import type { TimeSpan } from '../time-span.ts'

/** An incident that was opened, with the part of the week that it fell into. */
export interface SlotOpening {
  readonly slot: number
  readonly life: { readonly openedAt: number }
}

/** Whether a part of the week makes up another share of the openings of a period than of those before. */
export interface PeakChange {
  readonly now: Share
  readonly earlier: Share
  /** Fisher's exact probability after Holm's correction; `null` where that cannot be told. */
  readonly pChanged: number | null
  readonly change: 'fewer' | 'more' | 'same' | 'untested'
}

/** The answer of an earlier period. */
export interface EarlierChange extends PeakChange {
  /** Title of the period. */
  readonly period: string
}

/** Holds the share of each part of the week in a period against that of the time before, all of them at once. */
export function peakChanges(
  slots: readonly number[],
  openings: readonly SlotOpening[],
  period: TimeSpan,
): readonly PeakChange[] {
  const during = openings.filter(({ life }) => isWithin(period, life.openedAt))
  const before = openings.filter(({ life }) => life.openedAt < period.from)
  const shares = slots.map((slot) => {
    const isHere = (each: SlotOpening): boolean => each.slot === slot
    return { now: shareOf(during, isHere), earlier: shareOf(before, isHere) }
  })
  const asked = shares.filter(
    ({ now, earlier }) => now.n > 0 && earlier.n > 0 && leastFisher(now, earlier) < significance,
  )
  const corrected = holm(asked.map(({ now, earlier }) => fisherExact(now, earlier)))
  return shares.map((share): PeakChange => {
    const pChanged = corrected[asked.indexOf(share)] ?? null
    if (pChanged === null) return { ...share, pChanged, change: 'untested' }
    const rose = share.now.count * share.earlier.n > share.earlier.count * share.now.n
    return { ...share, pChanged, change: pChanged >= significance ? 'same' : rose ? 'more' : 'fewer' }
  })
}

/** The answer of the latest of some periods, given oldest first, that can tell it; `null` where none can. */
export function latestChange(
  slot: number,
  slots: readonly number[],
  openings: readonly SlotOpening[],
  periods: readonly Period[],
): EarlierChange | null {
  for (const period of periods.toReversed()) {
    const change = peakChanges(slots, openings, period)[slots.indexOf(slot)]
    if (change && change.change !== 'untested') return { ...change, period: period.title }
  }
  return null
}

/** Whether it became less the last time that this could be told. */
export function hasFallen({ change, lately }: PeakChange & { readonly lately: EarlierChange | null }): boolean {
  return (change === 'untested' ? lately?.change : change) === 'fewer'
}
